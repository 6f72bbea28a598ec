// GTK: widgets and models belong to the thread that runs the application; a thread gives it values, or a function to run.
// REQUIRES: common-tests, pack-gtk, pack-glib
// RUN: %check %s async-loop-bound-capture --only command -- -isystem /usr/include/gtk-4.0 -isystem /usr/include/pango-1.0 -isystem /usr/include/glib-2.0 -isystem /usr/lib/x86_64-linux-gnu/glib-2.0/include -isystem /usr/include/harfbuzz -isystem /usr/include/freetype2 -isystem /usr/include/libpng16 -isystem /usr/include/libmount -isystem /usr/include/blkid -isystem /usr/include/fribidi -isystem /usr/include/cairo -isystem /usr/include/pixman-1 -isystem /usr/include/gdk-pixbuf-2.0 -isystem /usr/include/x86_64-linux-gnu -isystem /usr/include/graphene-1.0 -isystem /usr/lib/x86_64-linux-gnu/graphene-1.0/include
#include <atomic>
#include <gtk/gtk.h>

// ---- a window that converts a file on a thread

namespace converter {

struct Window {
  GtkWidget *window;
  GtkWidget *button;
  GtkLabel *status;
  GtkProgressBar *progress;
  GtkTextBuffer *log;
  GThread *thread;
  char *path;
  std::atomic<int> percent;
};

static gboolean onFinished(gpointer data) {
  auto *window = static_cast<Window *>(data);
  gtk_label_set_text(window->status, "done");
  gtk_progress_bar_set_fraction(window->progress, 1);
  gtk_widget_set_sensitive(window->button, TRUE);
  return G_SOURCE_REMOVE;
}

static gboolean showProgress(gpointer data) {
  auto *window = static_cast<Window *>(data);
  gtk_progress_bar_set_fraction(window->progress, window->percent / 100.0);
  return G_SOURCE_REMOVE;
}

static void appendToLog(Window *window, const char *text) {
  GtkTextIter end;
  gtk_text_buffer_get_end_iter(window->log, &end); // WARN: 'gtk_text_buffer_get_end_iter' uses 'converter::Window::log' on another thread
  gtk_text_buffer_insert(window->log, &end, text, -1);
}

static gpointer convertAndShow(gpointer data) {
  auto *window = static_cast<Window *>(data);
  gtk_label_set_text(window->status, "working"); // WARN: 'gtk_label_set_text' uses 'converter::Window::status' on another thread
  for (int i = 0; i < 100; ++i)
    gtk_progress_bar_set_fraction(GTK_PROGRESS_BAR(window->progress), i / 100.0); // WARN: 'gtk_progress_bar_set_fraction' uses 'converter::Window::progress' on another thread
  appendToLog(window, "converted");
  gtk_widget_set_sensitive(window->button, TRUE); // WARN: 'gtk_widget_set_sensitive' uses 'converter::Window::button' on another thread
  gtk_window_close(GTK_WINDOW(window->window));   // WARN: 'gtk_window_close' uses 'converter::Window::window' on another thread
  return nullptr;
}

static gpointer convert(gpointer data) {
  auto *window = static_cast<Window *>(data);
  for (int i = 0; i < 100; ++i) {
    window->percent = i;
    g_idle_add(showProgress, window);
    g_usleep(1000);
  }
  g_main_context_invoke(nullptr, onFinished, window);
  return g_strdup(window->path);
}

static void onClicked(GtkButton *button, gpointer data) {
  auto *window = static_cast<Window *>(data);
  gtk_widget_set_sensitive(GTK_WIDGET(button), FALSE);
  gtk_label_set_text(window->status, "started");
  window->thread = g_thread_new("convert", convert, window);
}

static void onOtherClicked(GtkButton *, gpointer data) {
  auto *window = static_cast<Window *>(data);
  window->thread = g_thread_new("convert", convertAndShow, window); // NOTE: 'g_thread_new' runs 'converter::convertAndShow' on another thread here
}

static void activate(GtkApplication *application, gpointer data) {
  auto *window = static_cast<Window *>(data);
  window->window = gtk_application_window_new(application);
  window->button = gtk_button_new_with_label("Convert");
  window->status = GTK_LABEL(gtk_label_new(""));
  window->progress = GTK_PROGRESS_BAR(gtk_progress_bar_new());
  window->log = gtk_text_buffer_new(nullptr);
  g_signal_connect(window->button, "clicked", G_CALLBACK(onClicked), window);
  g_signal_connect(window->button, "activate", G_CALLBACK(onOtherClicked), window);
  gtk_window_set_child(GTK_WINDOW(window->window), window->button);
  gtk_window_present(GTK_WINDOW(window->window));
}

int main(int argc, char **argv) {
  Window window{};
  GtkApplication *application = gtk_application_new("org.example", G_APPLICATION_DEFAULT_FLAGS);
  g_signal_connect(application, "activate", G_CALLBACK(activate), &window);
  return g_application_run(G_APPLICATION(application), argc, argv);
}

} // namespace converter

// ---- what the thread is given is the widget itself

namespace counter {

static gpointer countAndShow(gpointer data) {
  GtkLabel *label = GTK_LABEL(data);
  for (int i = 0; i < 10; ++i) {
    char *text = g_strdup_printf("%d", i);
    gtk_label_set_text(label, text); // WARN: 'gtk_label_set_text' uses 'label' on another thread
    g_free(text);
  }
  return nullptr;
}

static gpointer clear(gpointer data) {
  gtk_label_set_text(GTK_LABEL(data), ""); // WARN: 'gtk_label_set_text' uses 'label' on another thread
  g_object_unref(data);
  return nullptr;
}

struct Update {
  GtkLabel *label;
  char *text;
};

static gboolean show(gpointer data) {
  auto *update = static_cast<Update *>(data);
  gtk_label_set_text(update->label, update->text);
  g_free(update->text);
  g_object_unref(update->label);
  delete update;
  return G_SOURCE_REMOVE;
}

static void showOnce(gpointer data) { gtk_widget_queue_draw(GTK_WIDGET(data)); }

static gpointer count(gpointer data) {
  GtkLabel *label = GTK_LABEL(data);
  for (int i = 0; i < 10; ++i)
    g_idle_add(show, new Update{GTK_LABEL(g_object_ref(label)), g_strdup_printf("%d", i)});
  g_idle_add_once(showOnce, label);
  g_object_unref(label);
  return nullptr;
}

GtkWidget *make() {
  GtkWidget *label = gtk_label_new("0");
  g_thread_unref(g_thread_new("count", countAndShow, label));
  g_thread_unref(g_thread_new("count", clear, g_object_ref(label)));
  g_thread_unref(g_thread_new("count", count, g_object_ref(label)));
  return label;
}

} // namespace counter

// ---- a pool of threads

namespace gallery {

struct Gallery {
  GtkWidget *spinner;
  GThreadPool *threads;
  GMutex mutex;
  int loaded;
};

struct Picture {
  Gallery *gallery;
  GtkPicture *view;
  char *path;
  GBytes *bytes;
};

static gboolean show(gpointer data) {
  auto *picture = static_cast<Picture *>(data);
  GdkTexture *texture = gdk_texture_new_from_bytes(picture->bytes, nullptr);
  gtk_picture_set_paintable(picture->view, GDK_PAINTABLE(texture));
  gtk_spinner_stop(GTK_SPINNER(picture->gallery->spinner));
  return G_SOURCE_REMOVE;
}

static void load(gpointer data, gpointer user) {
  auto *picture = static_cast<Picture *>(data);
  auto *gallery = static_cast<Gallery *>(user);
  char *contents;
  gsize length;
  if (g_file_get_contents(picture->path, &contents, &length, nullptr))
    picture->bytes = g_bytes_new_take(contents, length);
  g_mutex_lock(&gallery->mutex);
  ++gallery->loaded;
  g_mutex_unlock(&gallery->mutex);
  g_idle_add_full(G_PRIORITY_LOW, show, picture, nullptr);
}

// The mutex is none of GTK's.
static void loadAndShow(gpointer data, gpointer user) {
  auto *picture = static_cast<Picture *>(data);
  auto *gallery = static_cast<Gallery *>(user);
  g_mutex_lock(&gallery->mutex);
  gtk_picture_set_filename(picture->view, picture->path); // WARN: 'gtk_picture_set_filename' uses 'gallery::Picture::view' on another thread
  if (++gallery->loaded == 100)
    gtk_spinner_stop(GTK_SPINNER(gallery->spinner)); // WARN: 'gtk_spinner_stop' uses 'gallery::Gallery::spinner' on another thread
  g_mutex_unlock(&gallery->mutex);
}

void begin(Gallery *gallery, GtkPicture *view, char *path, bool isGood) {
  if (isGood)
    gallery->threads = g_thread_pool_new(load, gallery, 4, FALSE, nullptr);
  else
    gallery->threads = g_thread_pool_new(loadAndShow, gallery, 4, FALSE, nullptr);
  g_thread_pool_push(gallery->threads, new Picture{gallery, view, path, nullptr}, nullptr);
}

} // namespace gallery

// ---- tasks

namespace search {

struct Search {
  GtkListStore *results;
  GtkSearchEntry *entry;
  GtkWidget *spinner;
  char *needle;
};

static void find(GTask *task, gpointer, gpointer data, GCancellable *cancellable) {
  auto *search = static_cast<Search *>(data);
  GPtrArray *found = g_ptr_array_new();
  while (!g_cancellable_is_cancelled(cancellable) && found->len < 10)
    g_ptr_array_add(found, g_strdup(search->needle));
  g_task_return_pointer(task, found, nullptr);
}

static void findAndShow(GTask *task, gpointer, gpointer data, GCancellable *) {
  auto *search = static_cast<Search *>(data);
  const char *needle = gtk_editable_get_text(GTK_EDITABLE(search->entry)); // WARN: 'gtk_editable_get_text' uses 'search::Search::entry' on another thread
  GtkTreeIter row;
  gtk_list_store_append(search->results, &row); // WARN: 'gtk_list_store_append' uses 'search::Search::results' on another thread
  gtk_spinner_stop(GTK_SPINNER(static_cast<Search *>(g_task_get_task_data(task))->spinner)); // WARN: 'gtk_spinner_stop' uses 'search::Search::spinner' on another thread
  g_task_return_int(task, needle != nullptr);
}

static void onFound(GObject *source, GAsyncResult *result, gpointer data) {
  auto *search = static_cast<Search *>(data);
  gtk_widget_set_visible(GTK_WIDGET(source), TRUE);
  auto *found = static_cast<GPtrArray *>(g_task_propagate_pointer(G_TASK(result), nullptr));
  for (guint i = 0; i < found->len; ++i) {
    GtkTreeIter row;
    gtk_list_store_append(search->results, &row);
    gtk_list_store_set(search->results, &row, 0, g_ptr_array_index(found, i), -1);
  }
  gtk_spinner_stop(GTK_SPINNER(search->spinner));
}

void begin(GtkWidget *window, Search *search) {
  search->needle = g_strdup(gtk_editable_get_text(GTK_EDITABLE(search->entry)));
  g_autoptr(GTask) good = g_task_new(window, nullptr, onFound, search);
  g_task_set_task_data(good, search, nullptr);
  g_task_run_in_thread(good, find);
  g_autoptr(GTask) bad = g_task_new(window, nullptr, onFound, search);
  g_task_set_task_data(bad, search, nullptr);
  g_task_run_in_thread(bad, findAndShow);
}

} // namespace search

// ---- a class of one's own

G_BEGIN_DECLS
G_DECLARE_FINAL_TYPE(EditorWindow, editor_window, EDITOR, WINDOW, GtkApplicationWindow)
struct _EditorWindow {
  GtkApplicationWindow parent;
  GtkTextView *view;
  GtkLabel *words;
  GtkListBoxRow *row;
};
G_DEFINE_TYPE(EditorWindow, editor_window, GTK_TYPE_APPLICATION_WINDOW)
G_END_DECLS

static void editor_window_class_init(EditorWindowClass *) {}

static void countWords(GTask *task, gpointer, gpointer data, GCancellable *) {
  int words = 0;
  for (const char *at = static_cast<const char *>(data); *at; ++at)
    words += *at == ' ';
  g_task_return_int(task, words);
}

static void countWordsOfView(GTask *task, gpointer source, gpointer, GCancellable *) {
  EditorWindow *self = EDITOR_WINDOW(source);
  GtkTextBuffer *buffer = gtk_text_view_get_buffer(self->view); // WARN: 'gtk_text_view_get_buffer' uses '_EditorWindow::view' on another thread
  gtk_list_box_row_set_selectable(self->row, TRUE); // WARN: 'gtk_list_box_row_set_selectable' uses '_EditorWindow::row' on another thread
  g_task_return_boolean(task, buffer != nullptr);
}

static void onCounted(GObject *source, GAsyncResult *result, gpointer) {
  EditorWindow *self = EDITOR_WINDOW(source);
  g_autofree char *text = g_strdup_printf("%ld", long(g_task_propagate_int(G_TASK(result), nullptr)));
  gtk_label_set_text(self->words, text);
}

static void onChanged(GtkTextBuffer *buffer, gpointer data) {
  EditorWindow *self = EDITOR_WINDOW(data);
  GtkTextIter begin, end;
  gtk_text_buffer_get_bounds(buffer, &begin, &end);
  g_autoptr(GTask) task = g_task_new(self, nullptr, onCounted, nullptr);
  g_task_set_task_data(task, gtk_text_buffer_get_text(buffer, &begin, &end, FALSE), g_free);
  g_task_run_in_thread(task, countWords);
  g_autoptr(GTask) other = g_task_new(self, nullptr, onCounted, nullptr);
  g_task_run_in_thread(other, countWordsOfView);
}

static void editor_window_init(EditorWindow *self) {
  self->view = GTK_TEXT_VIEW(gtk_text_view_new());
  g_signal_connect(gtk_text_view_get_buffer(self->view), "changed", G_CALLBACK(onChanged), self);
}

// ---- GIO's objects belong to one thread at a time: a signal's handler, or an operation that is under way, may be using them

namespace terminal {

struct Terminal {
  GtkTextBuffer *buffer;
  GtkWidget *button;
  GDBusProxy *session;
  GSocketClient *client;
  GDataInputStream *input;
  GSocketConnection *log;
  GCancellable *cancellable;
};

static void read(Terminal *terminal);

static void onLine(GObject *, GAsyncResult *result, gpointer data) {
  auto *terminal = static_cast<Terminal *>(data);
  char *line = g_data_input_stream_read_line_finish(terminal->input, result, nullptr, nullptr);
  if (line) {
    gtk_text_buffer_insert_at_cursor(terminal->buffer, line, -1);
    g_free(line);
    read(terminal);
  }
}

static void read(Terminal *terminal) {
  g_data_input_stream_read_line_async(terminal->input, G_PRIORITY_DEFAULT, terminal->cancellable, onLine, terminal);
}

static void onClicked(GtkButton *, gpointer data) {
  auto *terminal = static_cast<Terminal *>(data);
  g_dbus_proxy_get_name(terminal->session);
  g_socket_client_set_timeout(terminal->client, 1);
}

static gpointer watch(gpointer data) {
  auto *terminal = static_cast<Terminal *>(data);
  g_dbus_proxy_call_sync(terminal->session, "Lock", nullptr, G_DBUS_CALL_FLAGS_NONE, 1, nullptr, nullptr); // WARN: 'g_dbus_proxy_call_sync' uses 'terminal::Terminal::session' on another thread
  g_socket_client_set_timeout(terminal->client, 2); // WARN: 'g_socket_client_set_timeout' uses 'terminal::Terminal::client' on another thread
  g_input_stream_close(G_INPUT_STREAM(terminal->input), nullptr, nullptr); // WARN: 'g_input_stream_close' uses 'terminal::Terminal::input' on another thread, while the event loop uses it
  return nullptr;
}

// Any thread may cancel; and nobody else has the log.
static gpointer limit(gpointer data) {
  auto *terminal = static_cast<Terminal *>(data);
  g_usleep(1000000);
  g_cancellable_cancel(terminal->cancellable);
  g_output_stream_write(g_io_stream_get_output_stream(G_IO_STREAM(terminal->log)), "x", 1, nullptr, nullptr);
  g_io_stream_close(G_IO_STREAM(terminal->log), nullptr, nullptr);
  return nullptr;
}

void begin(Terminal *terminal) {
  g_signal_connect(GTK_BUTTON(terminal->button), "clicked", G_CALLBACK(onClicked), terminal);
  terminal->cancellable = g_cancellable_new();
  read(terminal);
  g_thread_unref(g_thread_new("watch", watch, terminal));
  g_thread_unref(g_thread_new("limit", limit, terminal));
}

} // namespace terminal

// ---- right: a thread with a context and a loop of its own

namespace service {

struct Service {
  GThread *thread;
  GMainContext *context;
  GMainLoop *loop;
  GSocketClient *client;
  GSocketConnection *connection;
  GInputStream *input;
  char buffer[64];
};

static void onRead(GObject *source, GAsyncResult *result, gpointer data) {
  auto *service = static_cast<Service *>(data);
  if (g_input_stream_read_finish(G_INPUT_STREAM(source), result, nullptr) > 0)
    g_input_stream_read_async(service->input, service->buffer, sizeof service->buffer, G_PRIORITY_DEFAULT, nullptr,
                              onRead, service);
  else
    g_main_loop_quit(service->loop);
}

static void onConnected(GObject *source, GAsyncResult *result, gpointer data) {
  auto *service = static_cast<Service *>(data);
  service->connection = g_socket_client_connect_to_host_finish(G_SOCKET_CLIENT(source), result, nullptr);
  service->input = g_io_stream_get_input_stream(G_IO_STREAM(service->connection));
  g_input_stream_read_async(service->input, service->buffer, sizeof service->buffer, G_PRIORITY_DEFAULT, nullptr,
                            onRead, service);
}

static gpointer run(gpointer data) {
  auto *service = static_cast<Service *>(data);
  g_main_context_push_thread_default(service->context);
  service->client = g_socket_client_new();
  g_socket_client_set_timeout(service->client, 10);
  g_socket_client_connect_to_host_async(service->client, "localhost", 80, nullptr, onConnected, service);
  g_main_loop_run(service->loop);
  g_io_stream_close(G_IO_STREAM(service->connection), nullptr, nullptr);
  g_main_context_pop_thread_default(service->context);
  return nullptr;
}

static gboolean quit(gpointer data) {
  g_main_loop_quit(static_cast<Service *>(data)->loop);
  return G_SOURCE_REMOVE;
}

Service *start() {
  auto *service = g_new0(Service, 1);
  service->context = g_main_context_new();
  service->loop = g_main_loop_new(service->context, FALSE);
  service->thread = g_thread_new("service", run, service);
  return service;
}

void stop(Service *service) {
  g_main_context_invoke(service->context, quit, service);
  g_thread_join(service->thread);
  g_main_loop_unref(service->loop);
}

} // namespace service

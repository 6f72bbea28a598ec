// GTK: what reads files, and what runs a loop.
// REQUIRES: common-tests, pack-gtk
// RUN: %check %s async-blocking-call --only command --command-option=--uncertain -- -I%source_root/checker/include -isystem /usr/include/gtk-4.0 -isystem /usr/include/pango-1.0 -isystem /usr/include/glib-2.0 -isystem /usr/lib/x86_64-linux-gnu/glib-2.0/include -isystem /usr/include/harfbuzz -isystem /usr/include/freetype2 -isystem /usr/include/libpng16 -isystem /usr/include/libmount -isystem /usr/include/blkid -isystem /usr/include/fribidi -isystem /usr/include/cairo -isystem /usr/include/pixman-1 -isystem /usr/include/gdk-pixbuf-2.0 -isystem /usr/include/x86_64-linux-gnu -isystem /usr/include/graphene-1.0 -isystem /usr/lib/x86_64-linux-gnu/graphene-1.0/include
#include <async_tidy/annotations.h>
#include <gtk/gtk.h>

ASYNC_TIDY_RUNS_ON_LOOP void pictures(GFile *file, GInputStream *input) {
  gdk_pixbuf_new_from_file("", nullptr);               // WARN: 'gdk_pixbuf_new_from_file' blocks the event loop in 'pictures' (disk)
  gdk_pixbuf_new_from_file_at_size("", 1, 1, nullptr); // WARN: 'gdk_pixbuf_new_from_file_at_size'
  gdk_pixbuf_new_from_stream_async(input, nullptr, nullptr, nullptr);
  gdk_texture_new_from_file(file, nullptr);            // WARN: 'gdk_texture_new_from_file'
  gdk_texture_new_from_filename("", nullptr);          // WARN: 'gdk_texture_new_from_filename'
}

ASYNC_TIDY_RUNS_ON_LOOP void loops(GApplication *application, GtkPrintOperation *print, GtkPrintOperation *other,
                                   GtkNativeDialog *dialog, GtkWindow *window) {
  g_application_run(application, 0, nullptr); // WARN: 'g_application_run' blocks the event loop in 'loops' (wait)
  gtk_print_operation_run(print, GTK_PRINT_OPERATION_ACTION_PRINT, window, nullptr); // WARN: 'gtk_print_operation_run' may block
  gtk_print_operation_set_allow_async(other, TRUE);
  gtk_print_operation_run(other, GTK_PRINT_OPERATION_ACTION_PRINT, window, nullptr);
  gtk_native_dialog_show(dialog);
  gtk_window_present(window);
}

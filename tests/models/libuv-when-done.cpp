// REQUIRES: common-tests, pack-libuv
// RUN: %check %s async-loop-bound-capture --only command
// What comes after the work has what the work had; and what does without the loop harms nobody.
#include <fcntl.h>
#include <hiredis/hiredis.h>
#include <uv.h>

struct Job {
  uv_work_t request;
  redisContext *context;
};

static void work(uv_work_t *request) {
  auto *job = static_cast<Job *>(request->data);
  job->context = redisConnect("localhost", 6379);
  redisAppendCommand(job->context, "PING");
}

static void afterWork(uv_work_t *request, int) {
  auto *job = static_cast<Job *>(request->data);
  redisFree(job->context);
  delete job;
}

void begin(uv_loop_t *loop) {
  auto *job = new Job;
  job->request.data = job;
  uv_queue_work(loop, &job->request, work, afterWork);
}

struct Ticket {
  uv_work_t request;
  uv_timer_t timer;
  redisContext *context;
};

static void print(uv_work_t *request) {
  auto *ticket = static_cast<Ticket *>(request->data);
  redisAppendCommand(ticket->context, "PING"); // WARN: 'redisAppendCommand' uses 'Ticket::context' on another thread
}

static void afterPrint(uv_work_t *request, int) { delete static_cast<Ticket *>(request->data); }

// Nothing makes the timer wait for the work.
static void onTimer(uv_timer_t *timer) {
  auto *ticket = static_cast<Ticket *>(timer->data);
  redisAppendCommand(ticket->context, "PING");
}

void beginBeside(uv_loop_t *loop, Ticket *ticket) {
  ticket->request.data = ticket->timer.data = ticket;
  uv_queue_work(loop, &ticket->request, print, afterPrint);
  uv_timer_start(&ticket->timer, onTimer, 10, 0);
}

// Through a function of the program's own.
struct Parcel {
  uv_work_t request;
  redisContext *context;
};

static void send(uv_work_t *request) { redisAppendCommand(static_cast<Parcel *>(request->data)->context, "PING"); }

static void afterSend(uv_work_t *request, int) { redisFree(static_cast<Parcel *>(request->data)->context); }

static void enqueue(Parcel *parcel, uv_work_cb function, uv_after_work_cb after) {
  parcel->request.data = parcel;
  uv_queue_work(uv_default_loop(), &parcel->request, function, after);
}

void deliver(Parcel *parcel) { enqueue(parcel, send, afterSend); }

// Without a callback the loop is not touched, with one it is.
static void readIt(uv_work_t *request) {
  uv_fs_t open;
  uv_fs_open(request->loop, &open, "a", O_RDONLY, 0, nullptr);
  uv_fs_req_cleanup(&open);
  static uv_fs_t close;
  uv_fs_close(request->loop, &close, 0, [](uv_fs_t *) {}); // WARN: uses 'uv_work_s::loop' // WARN: uses 'readIt::close'
}

static void afterRead(uv_work_t *, int) {}

void readLater(uv_loop_t *loop) { uv_queue_work(loop, new uv_work_t, readIt, afterRead); }

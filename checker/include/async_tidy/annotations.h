/* What async-tidy cannot see, said in the code. Usable in C and C++ with any compiler: where there
 * is no such attribute, each of these is empty. docs/annotations.md shows them all.
 *
 *   void ASYNC_TIDY_BLOCKING flush(Log *log);
 *   void in_pool(ASYNC_TIDY_CALLED_ON_WORKER std::function<void()> job);
 *   class ASYNC_TIDY_LOOP_BOUND Connection { ... };
 */
#ifndef ASYNC_TIDY_ANNOTATIONS_H
#define ASYNC_TIDY_ANNOTATIONS_H

#if defined(__clang__)
#define ASYNC_TIDY_ANNOTATION(text) __attribute__((annotate("async_tidy::" text)))
#else
#define ASYNC_TIDY_ANNOTATION(text)
#endif

/* A function that blocks the thread that calls it; which way, as in models: "disk", "network",
 * "cpu". */
#define ASYNC_TIDY_BLOCKING ASYNC_TIDY_ANNOTATION("blocking")
#define ASYNC_TIDY_BLOCKING_ON(tier) ASYNC_TIDY_ANNOTATION("blocking:" tier)

/* A function that does not, whatever it calls, and why: no chain goes through it. */
#define ASYNC_TIDY_NON_BLOCKING(reason) ASYNC_TIDY_ANNOTATION("non_blocking:" reason)

/* A class whose objects belong to one event loop: one thread at a time may use them. */
#define ASYNC_TIDY_LOOP_BOUND ASYNC_TIDY_ANNOTATION("loop_bound")

/* A class, or a member function of such a class, that any thread may use. */
#define ASYNC_TIDY_THREAD_SAFE ASYNC_TIDY_ANNOTATION("thread_safe")

/* A function that an event loop, or a worker thread, runs. */
#define ASYNC_TIDY_RUNS_ON_LOOP ASYNC_TIDY_ANNOTATION("runs_on_loop")
#define ASYNC_TIDY_RUNS_ON_WORKER ASYNC_TIDY_ANNOTATION("runs_on_worker")

/* A parameter that is called before the function returns, by an event loop, or by a worker thread.
 */
#define ASYNC_TIDY_CALLED_INLINE ASYNC_TIDY_ANNOTATION("called_inline")
#define ASYNC_TIDY_CALLED_ON_LOOP ASYNC_TIDY_ANNOTATION("called_on_loop")
#define ASYNC_TIDY_CALLED_ON_WORKER ASYNC_TIDY_ANNOTATION("called_on_worker")

#endif

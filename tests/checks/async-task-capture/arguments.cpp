// Pointers and references that a thread's function is bound to.
// RUN: %check %s async-task-capture -- -pthread
#include <functional>
#include <future>
#include <pthread.h>
#include <thread>
#include <vector>

void use(int);
void byReference(int &number) { use(number); }
void byPointer(const int *number) { use(*number); }
void byValue(int number) { use(number); }
void *forC(void *number) { use(*static_cast<int *>(number)); return nullptr; }

struct Worker {
  void run() { use(1); }
};

void references() {
  int number = 1;
  std::thread(byReference, std::ref(number)).detach(); // WARN: 'byReference' gets a pointer to 'number', and may run after that is gone
}

void pointers() {
  int number = 1;
  std::thread worker(byPointer, &number); // WARN: 'byPointer' gets a pointer to 'number'
  worker.detach();
}

void objects() {
  Worker worker;
  std::thread(&Worker::run, &worker).detach(); // WARN: 'Worker::run' gets a pointer to 'worker'
}

void inC() {
  pthread_t threads[4];
  for (int i = 0; i != 4; ++i)
    pthread_create(&threads[i], nullptr, forC, &i); // WARN: 'forC' gets a pointer to 'i', and may run after that has changed
  for (pthread_t thread : threads)
    pthread_join(thread, nullptr);
}

void inALoop() {
  std::vector<std::thread> threads;
  for (int i = 0; i != 4; ++i)
    threads.emplace_back(byReference, std::ref(i)); // WARN: 'byReference' gets a pointer to 'i'
  for (auto &thread : threads)
    thread.join();
}

// ---- right

void values() {
  int number = 1;
  std::thread(byValue, number).detach();
}

void joined() {
  int number = 1;
  Worker worker;
  std::thread first(byReference, std::ref(number)), second(&Worker::run, &worker);
  first.join();
  second.join();
}

void oneAwaitedOneFree(int &elsewhere) {
  int number = 1;
  std::thread first(byReference, std::ref(number));
  first.join();
  std::thread(byReference, std::ref(elsewhere)).detach();
}

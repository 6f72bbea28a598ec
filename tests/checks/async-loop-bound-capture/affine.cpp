// Things that only one thread may ever touch need no loop beside: any other thread is wrong.
// RUN: echo 'library: gui' > %t.yaml && echo 'headers: [gui.h]' >> %t.yaml && echo 'owns: [gui]' >> %t.yaml && echo 'types: [{names: ["gui::Label"], affinity: affine, thread-safe-members: [post], instead: "{}.post()"}]' >> %t.yaml && echo 'functions: [{names: ["gui::Label::set", "gui::Label::clear"], never-blocking: true}]' >> %t.yaml
// RUN: %check %s async-loop-bound-capture --tidy-option=Models=%t.yaml --command-option=--models=%t.yaml -- -pthread
#include <memory>
#include <thread>

namespace gui {
class Label {
public:
  Label();
  void set(const char *text);
  void clear();
  void post();
};
} // namespace gui

class Window {
public:
  Window() : title(new gui::Label), body(std::make_unique<gui::Label>()) {} // NOTE: 'Window::title' is made here

  void start() {
    worker = std::jthread([this] {
      title->set("a"); // WARN: 'gui::Label::set' uses 'Window::title' on another thread than the one that it belongs to
      body->set("b");  // WARN: uses 'Window::body' on another thread than the one
      plain.set("c");  // WARN: uses 'Window::plain' on another thread than the one
      clearAll();
      title->post();
    });
  }

private:
  void clearAll() {
    plain.clear(); // WARN: uses 'Window::plain' on another thread than the one
  }

  gui::Label *title;
  std::unique_ptr<gui::Label> body;
  gui::Label plain;
  std::jthread worker;
};

// To move it makes no other thread its own.
void given(std::unique_ptr<gui::Label> label) {
  std::thread([label = std::move(label)] {
    label->set("d"); // WARN: uses 'label' on another thread than the one
  }).detach();
}

// `this` itself.
class Banner : public gui::Label {
public:
  void start() {
    std::thread([this] {
      set("e"); // WARN: 'gui::Label::set' uses 'Banner' on another thread than the one // NOTE: instead: this->post()
      shout();
    }).detach();
  }

private:
  void shout() {}
};

// ---- right: made by the thread that uses it

class Worker {
public:
  void start() {
    worker = std::jthread([this] {
      label = new gui::Label;
      second.reset(new gui::Label);
      work();
    });
  }

private:
  void work() {
    label->set("f");
    second->set("g");
  }

  gui::Label *label = nullptr;
  std::unique_ptr<gui::Label> second;
  std::jthread worker;
};

class Panel {
public:
  Panel() : label(new gui::Label) {}

  void show() { label->set("h"); }

private:
  gui::Label *label;
};

class Session {
public:
  void start() {
    std::thread([this] {
      panel = std::make_unique<Panel>();
      panel->show();
      Panel own;
      own.show();
      Banner banner;
      banner.set("i");
    }).detach();
  }

private:
  std::unique_ptr<Panel> panel;
};

void ownPointer() {
  gui::Label *label = nullptr;
  std::jthread([&label] {
    label = new gui::Label;
    label->set("j");
  });
}

int main() {
  Window window;
  window.start();
}

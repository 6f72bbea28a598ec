// What the random programs with Boost.Asio share.
#pragma once
#include "sites.h"
#include <boost/asio.hpp>
#include <functional>

namespace asio = boost::asio;

inline void in_pool(asio::thread_pool &pool, std::function<void()> job) { asio::post(pool, std::move(job)); }
inline void in_loop(asio::io_context &io, std::function<void()> job) { asio::post(io, std::move(job)); }

// Whoever awaits what it gives goes on on the pool.
inline auto to_pool(asio::thread_pool &pool) { return asio::post(asio::bind_executor(pool, asio::use_awaitable)); }

-- wrk's requests: users drawn uniformly from 1 … arg 1, the draw seeded by arg 2; ends with one line of JSON.
-- wrk itself takes every status below 400 for a success. With "statuses" as arg 3 each one is looked at, which costs it some CPU.

local threads = {}

function setup(thread)
  table.insert(threads, thread)
end

function init(args)
  users = tonumber(args[1])
  math.randomseed(tonumber(args[2]))
  odd = 0
  if args[3] == "statuses" then
    function response(status)
      if status ~= 200 and status < 400 then odd = odd + 1 end
    end
  end
end

function request()
  return "GET /recommend/" .. math.random(users) .. " HTTP/1.1\r\nHost: bench\r\n\r\n"
end

function done(summary, latency)
  local errors = summary.errors
  local failures = errors.connect + errors.read + errors.write + errors.status + errors.timeout
  for _, thread in ipairs(threads) do failures = failures + thread:get("odd") end
  local counts = string.format('"requests":%d,"seconds":%f,"failures":%d', summary.requests, summary.duration / 1e6, failures)
  local times = string.format('"p99":%f,"worst":%f', latency:percentile(99) / 1e6, latency.max / 1e6)
  io.write("\n{" .. counts .. "," .. times .. "}\n")
end

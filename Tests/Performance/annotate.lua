-- One wrk thread is one annotator: it asks for the next task, annotates it, asks again.
--   wrk -tN -cN -dSs -s annotate.lua URL -- PROJECT TOKENS_FILE BODY_FILE
local number_of_threads = 0
local threads = {}

function setup(thread)
  thread:set("number", number_of_threads)
  number_of_threads = number_of_threads + 1
  table.insert(threads, thread)
end

function init(arguments)
  local tokens = {}
  for line in io.lines(arguments[2]) do
    tokens[#tokens + 1] = line
  end
  local token = tokens[number % #tokens + 1]
  local body_file = io.open(arguments[3])
  body = body_file:read("*a")
  body_file:close()
  headers = { ["Authorization"] = "Token " .. token, ["Content-Type"] = "application/json" }
  ask = wrk.format("GET", "/api/projects/" .. arguments[1] .. "/next", headers)
  task, stored, failed, tasks = nil, 0, 0, {}
end

function request()
  if task then
    return wrk.format("POST", "/api/tasks/" .. task .. "/annotations/", headers, body)
  end
  return ask
end

function response(status, _, text)
  if task then
    if status == 201 then
      stored = stored + 1
      tasks[#tasks + 1] = tonumber(task)
    else
      failed = failed + 1
    end
    task = nil
  elseif status == 200 then
    task = text:match('^%s*{%s*"id"%s*:%s*(%d+)')
  else
    wrk.thread:stop()
  end
end

function done(summary)
  local stored, failed, twice, seen = 0, 0, 0, {}
  for _, thread in ipairs(threads) do
    stored = stored + thread:get("stored")
    failed = failed + thread:get("failed")
    for _, id in ipairs(thread:get("tasks") or {}) do
      if seen[id] then
        twice = twice + 1
      end
      seen[id] = true
    end
  end
  io.write(string.format('FIGURES {"per_second":%.3f,"failed":%d,"twice":%d}\n',
    stored / (summary.duration / 1e6), failed, twice))
end

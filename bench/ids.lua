-- wrk: GET <prefix><id> over the ids of a file, one after the other.   wrk -s ids.lua URL -- <file> <prefix>
local requests = {}
local turn = 0

function init(args)
  for id in io.lines(args[1]) do
    requests[#requests + 1] = wrk.format("GET", args[2] .. id)
  end
end

function request()
  turn = turn % #requests + 1
  return requests[turn]
end

# CommonSolve: the functions that packages of problems share.
module CommonSolve
export solve, solve!, init, step!
function solve end
function solve! end
function init end
function step! end
end

# ReverseDiff's functions and shapes over reverse mode.
module ReverseDiff

import ..EnzymeCore
import ..EnzymeSugar

"The gradient of a scalar function of one array, or of a tuple of arrays."
gradient(f, x::AbstractArray) = EnzymeSugar.gradient(EnzymeCore.Reverse, f, float(x))[1]
gradient(f, xs::Tuple) = EnzymeSugar.gradient(EnzymeCore.Reverse, f, map(float, xs)...)

"The gradient written into `result`."
function gradient!(result::AbstractArray, f, x::AbstractArray)
    dx = gradient(f, x)
    for i in 1:length(dx)
        result[i] = dx[i]
    end
    result
end

"The derivatives of every element of `f(x)` (rows) by every element of `x` (columns)."
function jacobian(f, x::AbstractArray)
    at = float(x)
    y = f(at)
    rows = zeros(length(y), length(at))
    for i in 1:length(y)
        row = EnzymeSugar.jacobian_row(f, at, i)
        for j in 1:length(at)
            rows[i, j] = row[j]
        end
    end
    rows
end

"The second derivatives of a scalar function, reverse over reverse."
hessian(f, x::AbstractArray) = jacobian(at -> gradient(f, at), x)

end

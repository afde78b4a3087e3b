#= adrepro
title: A buffer that is set to zero inside of the differentiated function, and added to afterwards
tags: [mutation, make_zero]
checks:
  - call: slope(2.0)
    value: 16.0
  - call: of_fields(2.0)
    value: 16.0
  - call: forward(2.0)
    value: 16.0
=#
using Enzyme

"What the buffer received after it was zeroed must not reach what was in it before: `3x^2 + x^2`."
function used_twice(x, buffer)
    buffer[1] = x^2
    s = 3 * buffer[1]
    make_zero!(buffer)
    buffer[1] += x
    return s + buffer[1]^2
end
slope(x) = autodiff(Reverse, used_twice, Active, Active(x), Duplicated([0.0], [0.0]))[1][1]
forward(x) = autodiff(Forward, used_twice, Duplicated(x, 1.0), Duplicated([0.0], [0.0]))[1]

mutable struct Sums
    parts::Vector{Float64}
    total::Float64
end
function used_twice(x, sums::Sums)
    sums.parts[1] = x^2
    sums.total = 2 * x^2
    s = sums.parts[1] + sums.total
    make_zero!(sums)
    sums.parts[1] += x
    sums.total += x
    return s + sums.parts[1] * sums.total
end
of_fields(x) = autodiff(Reverse, used_twice, Active, Active(x), Duplicated(Sums([0.0], 0.0), Sums([0.0], 0.0)))[1][1]

#= adrepro
title: A function that fills its first argument, differentiated through Duplicated arguments
tags: [reverse, forward, mutation, duplicated]
notes: Reverse mode takes the seed from the shadow of the output, zeroes it, and adds to the shadow of the input.
checks:
  - call: reverse_through(fill_squares!)
    value: [[1.0, 12.0, 108.0], [0.0, 0.0, 0.0]]
  - call: forward_through(fill_squares!)
    value: [2.0, 0.0, -12.0]
  - call: autodiff(Reverse, fill_squares!, Const, Duplicated(zeros(2), ones(2)), Duplicated([1.0, 2.0], [10.0, 20.0]))
    equals: ((nothing, nothing),)
=#
using Enzyme

function fill_squares!(y, x)
    for i in eachindex(x)
        y[i] = x[i]^2
    end
    return nothing
end

function reverse_through(f!)
    x = [0.5, 2.0, 3.0]
    x_shadow = [0.0, 0.0, 0.0]
    y_shadow = [1.0, 3.0, 18.0]
    autodiff(Reverse, f!, Const, Duplicated(zeros(3), y_shadow), Duplicated(x, x_shadow))
    return [x_shadow'; y_shadow']
end

function forward_through(f!)
    x = [1.0, 2.0, 3.0]
    y_shadow = zeros(3)
    autodiff(Forward, f!, Const, Duplicated(zeros(3), y_shadow), Duplicated(x, [1.0, 0.0, -2.0]))
    return y_shadow
end

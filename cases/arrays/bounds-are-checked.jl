#= adrepro
title: A place outside of an array is an error in the function and in its derivatives
tags: [arrays, bounds]
checks:
  - call: caught(() -> beyond([1.0, 2.0], 3))
    value: true
  - call: caught(() -> gradient(Reverse, x -> beyond(x, 3), [1.0, 2.0]))
    value: true
  - call: caught(() -> gradient(Forward, x -> beyond(x, 0), [1.0, 2.0]))
    value: true
  - call: gradient(Reverse, x -> beyond(x, 2), [1.0, 2.0])[1]
    value: [0.0, 4.0]
=#
using Enzyme

beyond(x, i) = x[i] * x[i]

function caught(f)
    try
        f()
        return false
    catch problem
        return problem isa BoundsError
    end
end

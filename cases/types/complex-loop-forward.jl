#= adrepro
title: A loop of complex arithmetic in forward mode
upstream: https://github.com/EnzymeAD/Enzyme.jl/issues/1290
tags: [forward, complex, loop]
checks:
  - call: autodiff(Forward, mandelbrot, Duplicated(0.2, 1.0))[1]
    equals: "(mandelbrot(0.2 + 1e-6) - mandelbrot(0.2 - 1e-6)) / 2e-6"
=#
using Enzyme

function mandelbrot(x)
    z = 0.0im
    for _ in 1:4
        z = z^2 + complex(x, 0.1)
    end
    return abs2(z)
end

#= adrepro
title: Reverse-over-reverse derivative of a matrix-valued function
upstream: https://github.com/EnzymeAD/Enzyme.jl/issues/2640
tags: [nested, matrix, reverse]
checks:
  - call: derivative(num_to_mat, 1.0)
    value: [[0.5403023058681398, -2.9699774898013365], [-0.8322936730942848, 5.761021719902196]]
    rtol: 1.0e-12
  - call: second_derivative(num_to_mat, 1.0)
    value: [[-0.8414709848078965, -1.2700800725388048], [-3.637189707302727, 10.058957935161331]]
    rtol: 1.0e-12
    on:
      builtin:enzyme-0.13: fails ad.mixed-tape
=#
import Enzyme
num_to_vec(x::Number) = sin.([1, 2] .* x)
num_to_mat(x::Number) = hcat(num_to_vec(x), num_to_vec(3x))
derivative(f, x) = Enzyme.jacobian(Enzyme.Reverse, f, x)[1]
second_derivative(f, x) = derivative(_x -> derivative(f, _x), x)
derivative(num_to_mat, 1.0)         # works
second_derivative(num_to_mat, 1.0)  # Enzyme 0.13: fails to compile; right answer [-sin1 -9sin3; -4sin2 -36sin6]

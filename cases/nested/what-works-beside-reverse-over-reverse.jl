#= adrepro
title: Second derivatives beside the failing one, a vector by reverse-over-reverse and the matrix by forward-over-reverse
upstream: https://github.com/EnzymeAD/Enzyme.jl/issues/2640
tags: [nested, matrix, reverse, forward]
notes: The neighbours that a workaround can use. They work under every engine.
checks:
  - call: second_derivative(num_to_vec, 1.0)
    value: [-0.8414709848078965, -3.637189707302727]
    rtol: 1.0e-12
  - call: forward_over_reverse(num_to_mat, 1.0)
    value: [[-0.8414709848078965, -1.2700800725388048], [-3.637189707302727, 10.058957935161331]]
    rtol: 1.0e-12
  - call: forward_over_forward(num_to_mat, 1.0)
    value: [[-0.8414709848078965, -1.2700800725388048], [-3.637189707302727, 10.058957935161331]]
    rtol: 1.0e-12
  - call: forward_over_reverse(num_to_mat, 0.42)
    value: [[-0.4077604531, -8.5688130743], [-2.9785724799, -20.9639033829]]
=#
import Enzyme
num_to_vec(x::Number) = sin.([1, 2] .* x)
num_to_mat(x::Number) = hcat(num_to_vec(x), num_to_vec(3x))
derivative(f, x) = Enzyme.jacobian(Enzyme.Reverse, f, x)[1]
forward_derivative(f, x) = Enzyme.jacobian(Enzyme.Forward, f, x)[1]
second_derivative(f, x) = derivative(_x -> derivative(f, _x), x)
forward_over_reverse(f, x) = forward_derivative(_x -> derivative(f, _x), x)
forward_over_forward(f, x) = forward_derivative(_x -> forward_derivative(f, _x), x)

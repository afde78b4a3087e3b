# What programs that find derivatives have in common, run once when the project is built: a process starts with it compiled. Nothing depends on it but time.
import Enzyme
using Enzyme, LinearAlgebra, Test

to_vector(x::Number) = sin.([1, 2] .* x)
to_matrix(x::Number) = hcat(to_vector(x), to_vector(3x))
slope(f, x) = Enzyme.jacobian(Enzyme.Reverse, f, x)[1]
bend(f, x) = slope(y -> slope(f, y), x)
slope(to_matrix, 1.0)
bend(to_vector, 1.0)

square(x) = x * x
norm2(x) = sum(abs2, x)
x = [1.0, 2.0, 3.0]
gradient(Reverse, norm2, x)
autodiff(Reverse, square, Active, Active(2.0))
autodiff(Forward, square, Duplicated(2.0, 1.0))
# A value of a check is given as it is shown.
repr(square)

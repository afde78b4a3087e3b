# What programs have in common, run once when the project is built: the process of a case starts with it compiled. Nothing depends on it but time.
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
@show gradient(Reverse, norm2, x)[1]
println("value: ", square(2.0), " ", x, " ", 1, " ", true)
println(to_matrix(1.0))

function loop(x)
    total = zero(eltype(x))
    for i in eachindex(x)
        total += x[i]^2
    end
    return total
end
gradient(Reverse, loop, x)

@testset "common" begin
    @test loop(x) > 0
    @test norm(x) ≈ sqrt(norm2(x))
    @test x == copy(x)
    @test gradient(Reverse, norm2, x)[1] ≈ 2x
    @test isapprox(square(2.0), 4.0; atol = 1e-12)
    @test_throws DomainError sqrt(-1.0)
end

# What scripts have in common: they print, and they test. Nothing depends on it but time.
using LinearAlgebra, Test

square(x) = x * x
norm2(x) = sum(abs2, x)
x = [1.0, 2.0, 3.0]
@show norm2(x)
println("value: ", square(2.0), " ", x, " ", 1, " ", true)
println([1.0 2.0; 3.0 4.0])

function loop(x)
    total = zero(eltype(x))
    for i in eachindex(x)
        total += x[i]^2
    end
    return total
end

@testset "common" begin
    @test loop(x) > 0
    @test norm(x) ≈ sqrt(norm2(x))
    @test x == copy(x)
    @test x ≈ copy(x)
    @test isapprox(square(2.0), 4.0; atol = 1e-12)
    @test_throws DomainError sqrt(-1.0)
end

# What scripts do beside that: they print, and they test. It goes on where the other warm-up ends.
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

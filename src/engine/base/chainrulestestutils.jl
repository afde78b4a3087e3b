# Tests of rules of ChainRulesCore against finite differences, as in ChainRulesTestUtils.jl. The steps and the random tangents are this engine's own.
module ChainRulesTestUtils

using ..ChainRulesCore
import ..EnzymeTestUtils
import ..EnzymeAutodiff
using Test

export test_rrule, test_frule, test_scalar, test_approx, rand_tangent, ⊢, @maybe_inferred

"Rules are not checked for inference here, whatever this says."
const TEST_INFERRED = Ref(true)

# ---- Tangents

"A random tangent of a value, in the form that rules of ChainRulesCore take: `NoTangent` for what has none."
rand_tangent(x) = tangent_if(x, EnzymeAutodiff.activity(typeof(x)))
rand_tangent(rng, x) = rand_tangent(x)
tangent_if(x, ::Val{0}) = NoTangent()
tangent_if(x, ::Val) = random(x)
random(x::Number) = EnzymeTestUtils.rand_tangent(x)
random(x::AbstractArray{<:Number}) = EnzymeTestUtils.rand_tangent(x)
random(x::AbstractArray) = map(rand_tangent, x)
random(x::T) where {T<:Tuple} = Tangent{T}(map(rand_tangent, x)...)
random(x::T) where {T<:NamedTuple} = Tangent{T}(; map(rand_tangent, x)...)
random(x::T) where {T} = Tangent{T}(; NamedTuple{fieldnames(T)}(map(rand_tangent, EnzymeTestUtils.fields(x)))...)

"A value that is tested with this tangent; with `NoTangent()` its rule must have none."
struct PrimalAndTangent{P,D}
    primal::P
    tangent::D
end
⊢(primal, tangent) = PrimalAndTangent(primal, tangent)
primal(x) = x
primal(x::PrimalAndTangent) = x.primal
tangent(x) = rand_tangent(x)
tangent(x::PrimalAndTangent) = x.tangent

"The floats of a tangent, as many as its primal has."
parts(x, ::AbstractZero) = zeros(length(EnzymeTestUtils.flat(x)))
parts(x::Real, d::Number) = [Float64(real(d))]
parts(x::Complex, d::Number) = [Float64(real(d)), Float64(imag(d))]
parts(x::AbstractArray{<:Number}, d::AbstractArray) = size(x) == size(d) ? reduce(vcat, map(parts, vec(collect(x)), vec(collect(d))); init = Float64[]) : Float64[]
parts(x::AbstractArray, d::AbstractArray) = reduce(vcat, [parts(x[i], d[i]) for i in eachindex(x)]; init = Float64[])
parts(x::Tuple, d) = reduce(vcat, map((y, e) -> parts(y, unthunk(e)), x, Tuple(ChainRulesCore.backing(d))); init = Float64[])
parts(x::NamedTuple, d) = named_parts(x, d)
parts(x, d) = named_parts(x, d)
named_parts(x, d) = reduce(vcat, map(name -> parts(getfield(x, name), unthunk(get(ChainRulesCore.backing(d), name, ZeroTangent()))), fieldnames(typeof(x))); init = Float64[])

near(a, b, rtol, atol) = length(a) == length(b) && isapprox(a, b; rtol, atol)

"Tests that two values or tangents are close."
function test_approx(actual, expected, message = ""; rtol = 1e-9, atol = 1e-9, kwargs...)
    @test close_to(unthunk(actual), unthunk(expected), rtol, atol)
    nothing
end
close_to(a::AbstractZero, b::AbstractZero, rtol, atol) = true
close_to(a::AbstractZero, b, rtol, atol) = near(parts(b, a), EnzymeTestUtils.flat(b), rtol, atol)
close_to(a, b::AbstractZero, rtol, atol) = close_to(b, a, rtol, atol)
close_to(a::Tangent, b::Tangent, rtol, atol) = all(name -> close_to(getproperty(a, name), getproperty(b, name), rtol, atol), union(keys(a), keys(b)))
close_to(a::Tuple, b::Tuple, rtol, atol) = length(a) == length(b) && all(map((x, y) -> close_to(unthunk(x), unthunk(y), rtol, atol), a, b))
close_to(a, b, rtol, atol) = a == b || near(EnzymeTestUtils.flat(a), EnzymeTestUtils.flat(b), rtol, atol)

# ---- Rules

"Tests the rrule of `f(args...)`; an argument may be `value ⊢ tangent`."
test_rrule(f, args...; kwargs...) = rrule_test(nothing, f, args...; kwargs...)
test_rrule(config::RuleConfig, f, args...; kwargs...) = rrule_test(config, f, args...; kwargs...)
function rrule_test(config, f, args...; output_tangent = nothing, fkwargs = (;), rtol = 1e-9, atol = 1e-9,
        fdm = nothing, check_inferred = true, check_thunked_output_tangent = true, rrule_f = rrule, testset_name = nothing)
    given = (f, args...)
    values = map(primal, given)
    @testset "test_rrule" begin
        result = config === nothing ? rrule_f(deepcopy(values)...; fkwargs...) : rrule_f(config, deepcopy(values)...; fkwargs...)
        result === nothing && error("The rrule for ", values[1], " on ", map(typeof, Base.tail(values)), " returned nothing.")
        y, pullback = result
        called = EnzymeTestUtils.with_keywords(values[1], fkwargs)
        expected_y = called(deepcopy(Base.tail(values))...)
        @test close_to(y, expected_y, rtol, atol)
        seed = output_tangent === nothing ? rand_tangent(expected_y) : output_tangent
        adjoints = pullback(seed)
        @test adjoints isa Tuple
        @test length(adjoints) == length(given)
        weights = parts(expected_y, seed)
        for i in 1:length(given)
            found = unthunk(adjoints[i])
            if has_no_tangent(given[i])
                @test found isa AbstractZero
            elseif !(found isa ChainRulesCore.NotImplemented)
                @test near(parts(values[i], found), numerical(values, fkwargs, weights, i), rtol, atol)
            end
        end
    end
    nothing
end
has_no_tangent(x) = no_tangent_if(EnzymeAutodiff.activity(typeof(x)))
no_tangent_if(::Val{0}) = true
no_tangent_if(::Val) = false
has_no_tangent(x::PrimalAndTangent) = x.tangent isa AbstractZero

"How the weighted sum of the result moves with each float of value number i."
function numerical(values, keywords, weights, i)
    start = EnzymeTestUtils.flat(values[i])
    score(v) = (moved = Any[deepcopy(values)...]; moved[i] = EnzymeTestUtils.like(values[i], v); sum(EnzymeTestUtils.flat(moved[1](moved[2:end]...; keywords...)) .* weights; init = 0.0))
    [EnzymeTestUtils.slope(t -> score([l == j ? start[l] + t : start[l] for l in eachindex(start)])) for j in eachindex(start)]
end

"Tests the frule of `f(args...)`; an argument may be `value ⊢ tangent`."
test_frule(f, args...; kwargs...) = frule_test(nothing, f, args...; kwargs...)
test_frule(config::RuleConfig, f, args...; kwargs...) = frule_test(config, f, args...; kwargs...)
function frule_test(config, f, args...; output_tangent = nothing, fkwargs = (;), rtol = 1e-9, atol = 1e-9,
        fdm = nothing, check_inferred = true, frule_f = frule, testset_name = nothing)
    given = (f, args...)
    values = map(primal, given)
    tangents = map(tangent, given)
    @testset "test_frule" begin
        result = config === nothing ? frule_f(deepcopy(tangents), deepcopy(values)...; fkwargs...) : frule_f(config, deepcopy(tangents), deepcopy(values)...; fkwargs...)
        result === nothing && error("The frule for ", values[1], " on ", map(typeof, Base.tail(values)), " returned nothing.")
        @test result isa Tuple{Any,Any}
        y, moved = result
        called = EnzymeTestUtils.with_keywords(values[1], fkwargs)
        expected_y = called(deepcopy(Base.tail(values))...)
        @test close_to(y, expected_y, rtol, atol)
        starts = map(EnzymeTestUtils.flat, values)
        moves = map(parts, values, tangents)
        at(t) = (v = map((x, s, m) -> isempty(m) ? deepcopy(x) : EnzymeTestUtils.like(x, s .+ t .* m), values, starts, moves); EnzymeTestUtils.flat(v[1](Base.tail(v)...; fkwargs...)))
        @test near(parts(expected_y, unthunk(moved)), EnzymeTestUtils.slope(at), rtol, atol)
    end
    nothing
end

"Tests both rules of a function of one number."
function test_scalar(f, z; rtol = 1e-9, atol = 1e-9, fdm = nothing, fkwargs = (;), check_inferred = true)
    @testset "test_scalar" begin
        test_frule(f, z; rtol, atol, fkwargs)
        test_rrule(f, z; rtol, atol, fkwargs)
    end
    nothing
end

end

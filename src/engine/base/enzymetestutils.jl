# Tests of rules and derivatives against finite differences, as in EnzymeTestUtils.jl. The steps and the random tangents are this engine's own.
module EnzymeTestUtils

using ..EnzymeCore
using ..EnzymeAutodiff
using ..StaticArrays

export test_forward, test_reverse, are_activities_compatible, all_or_no_batch

# ---- Values as lists of their floats

"Appends the floats of a value."
flatten!(v, x::AbstractFloat) = (push!(v, Float64(x)); nothing)
flatten!(v, x::Complex) = (push!(v, Float64(real(x)), Float64(imag(x))); nothing)
flatten!(v, x::AbstractArray) = foreach(y -> flatten!(v, y), x)
flatten!(v, x::Union{Tuple,NamedTuple}) = foreach(y -> flatten!(v, y), Tuple(x))
flatten!(v, x::Base.RefValue) = flatten!(v, x[])
flatten!(v, x) = flatten_fields!(v, x, EnzymeAutodiff.activity(typeof(x)))
flatten_fields!(v, x, ::Val{0}) = nothing
flatten_fields!(v, x, ::Val) = foreach(y -> flatten!(v, y), fields(x))
fields(x::T) where {T} = Base.__ntuple(i -> getfield(x, i), Val(fieldcount(T)))
flat(x) = (v = Float64[]; flatten!(v, x); v)

"A copy of a value with its floats taken from a list, from the place in `at`."
rebuilt(x::T, v, at) where {T<:AbstractFloat} = (at[] += 1; T(v[at[]]))
rebuilt(x::Complex, v, at) = Complex(rebuilt(real(x), v, at), rebuilt(imag(x), v, at))
function rebuilt(x::AbstractArray, v, at)
    y = copy(x)
    for i in eachindex(x)
        y[i] = rebuilt(x[i], v, at)
    end
    y
end
rebuilt(x::StaticArrays.SArray, v, at) = map(y -> rebuilt(y, v, at), x)
rebuilt(x::Tuple, v, at) = map(y -> rebuilt(y, v, at), x)
rebuilt(x::NamedTuple, v, at) = NamedTuple{keys(x)}(rebuilt(Tuple(x), v, at))
rebuilt(x::Base.RefValue, v, at) = Ref(rebuilt(x[], v, at))
rebuilt(x, v, at) = rebuilt_fields(x, v, at, EnzymeAutodiff.activity(typeof(x)))
rebuilt_fields(x, v, at, ::Val{0}) = x
rebuilt_fields(x::T, v, at, ::Val) where {T} = Base.__new(T, map(y -> rebuilt(y, v, at), fields(x))...)
like(x, v) = rebuilt(x, v, Ref(0))

"A random tangent of a value: other data are kept."
rand_tangent(x) = like(x, [round(9 * randn(), digits = 2) / 4 for _ in flat(x)])
rand_tangent(rng, x) = rand_tangent(x)

# ---- Activities

const Batched = Union{BatchDuplicated,BatchDuplicatedNoNeed,BatchMixedDuplicated}
"Are these activities all batched, or all single? Constants and active ones go with both."
all_or_no_batch(activities...) = !(any(is_batched, activities) && any(is_single, activities))
is_batched(A) = A <: Batched
is_single(A) = A <: Union{Duplicated,DuplicatedNoNeed,MixedDuplicated}
"Can a call with this return activity have arguments with these?"
are_activities_compatible(ret, activities...) = all_or_no_batch(ret, activities...)

"An argument as it is given, `(x, Activity)` or a constant, with random shadows."
annotated(x) = Const(x)
annotated(x::Annotation) = x
annotated(x::Tuple{Any,Type}) = annotated(x[1], x[2])
annotated(x, ::Type{<:Const}) = Const(x)
annotated(x, ::Type{<:Active}) = Active(x)
annotated(x, ::Type{<:Duplicated}) = Duplicated(x, rand_tangent(x))
annotated(x, ::Type{<:DuplicatedNoNeed}) = DuplicatedNoNeed(x, rand_tangent(x))
annotated(x, ::Type{<:BatchDuplicated}) = BatchDuplicated(x, (rand_tangent(x), rand_tangent(x)))
annotated(x, ::Type{<:BatchDuplicatedNoNeed}) = BatchDuplicatedNoNeed(x, (rand_tangent(x), rand_tangent(x)))
annotated(x, ::Type{<:MixedDuplicated}) = MixedDuplicated(x, Ref(rand_tangent(x)))
annotated(x, ::Type{<:BatchMixedDuplicated}) = BatchMixedDuplicated(x, (Ref(rand_tangent(x)), Ref(rand_tangent(x))))

auto_activity(x) = annotated(x)

shadow_of(a::Union{Const,Active}, k) = nothing
shadow_of(a::Union{Duplicated,DuplicatedNoNeed}, k) = a.dval
shadow_of(a::Union{BatchDuplicated,BatchDuplicatedNoNeed}, k) = a.dval[k]
shadow_of(a::MixedDuplicated, k) = a.dval[]
shadow_of(a::BatchMixedDuplicated, k) = a.dval[k][]
moving(a) = !(a isa Const)
width(args) = any(a -> a isa Batched, args) ? 2 : 1

"With keywords, the function is called through one without."
struct WithKeywords{F,K}
    f::F
    keywords::K
end
(w::WithKeywords)(args...) = w.f(args...; w.keywords...)
with_keywords(f, keywords::NamedTuple) = WithKeywords(f, keywords)
with_keywords(f, ::NamedTuple{()}) = f
with_keywords(f::Const, keywords::NamedTuple) = Const(WithKeywords(f.val, keywords))
with_keywords(f::Duplicated, keywords::NamedTuple) = Duplicated(WithKeywords(f.val, keywords), WithKeywords(f.dval, keywords))
with_keywords(f::Const, keywords::NamedTuple{()}) = f
with_keywords(f::Duplicated, keywords::NamedTuple{()}) = f

"The result and the arguments after a call, called with copies; constants too, for they may be written to."
function outcome(values)
    copies = deepcopy(values)
    y = copies[1](Base.tail(copies)...)
    (y, copies)
end

"The derivative at 0 of a function that gives a list of numbers."
function slope(g)
    h = 1e-3
    (g(-2h) .- g(2h) .+ 8 .* (g(h) .- g(-h))) ./ 12h
end

compared(found, expected, rtol, atol) = length(found) == length(expected) && isapprox(found, expected; rtol, atol)

# ---- Values as test rows

"Tests that two values of any structure hold nearly the same numbers, and otherwise the same."
test_approx(x::Number, y::Number, message = ""; kwargs...) = (@test isapprox(x, y; kwargs...); nothing)
test_approx(x::AbstractArray{<:Number}, y::AbstractArray{<:Number}, message = ""; kwargs...) = (@test isapprox(x, y; kwargs...); nothing)
function test_approx(x::AbstractArray, y::AbstractArray, message = ""; kwargs...)
    @test size(x) == size(y)
    foreach((a, b) -> test_approx(a, b, message; kwargs...), x, y)
end
function test_approx(x::Tuple, y::Tuple, message = ""; kwargs...)
    @test length(x) == length(y)
    foreach((a, b) -> test_approx(a, b, message; kwargs...), x, y)
end
function test_approx(x::AbstractDict, y::AbstractDict, message = ""; kwargs...)
    @test issetequal(keys(x), keys(y))
    foreach(k -> test_approx(x[k], y[k], message; kwargs...), keys(x))
end
test_approx(x::Type, y::Type, message = ""; kwargs...) = (@test x === y; nothing)
test_approx(x, y, message = ""; kwargs...) = test_approx_fields(x, y, message, Val(fieldcount(typeof(x))); kwargs...)
test_approx_fields(x, y, message, ::Val{0}; kwargs...) = (@test x == y; nothing)
test_approx_fields(x::AbstractString, y, message, ::Val{0}; kwargs...) = (@test x == y; nothing)
test_approx_fields(x, y, message, ::Val; kwargs...) = foreach((a, b) -> test_approx(a, b, message; kwargs...), fields(x), fields(y))

# ---- Forward mode

forward_mode(::Type{<:Union{DuplicatedNoNeed,BatchDuplicatedNoNeed}}) = Forward
forward_mode(::Type{<:Annotation}) = ForwardWithPrimal
asked_of(::Type{<:Union{Duplicated,DuplicatedNoNeed}}) = Duplicated
asked_of(::Type{<:Union{BatchDuplicated,BatchDuplicatedNoNeed}}) = BatchDuplicated
asked_of(::Type{<:Const}) = Const
asked_of(A) = A

"Tests forward mode of `f(args...)`: arguments are values, or `(value, Activity)`."
function test_forward(f, ret_activity, args...; rng = nothing, fdm = nothing, fkwargs = (;), rtol = 1e-9, atol = 1e-9,
        testset_name = nothing, runtime_activity = false, output_tangent = nothing)
    given = (with_keywords(annotated(f), fkwargs), map(annotated, args)...)
    @testset "forward" begin
        values = deepcopy(map(a -> a.val, given))
        y, after = outcome(values)
        slopes = forward_slopes(values, given)
        mode = set_runtime_activity(forward_mode(ret_activity), runtime_activity)
        result = autodiff(mode, given[1], asked_of(ret_activity), Base.tail(given)...)
        check_forward(ret_activity, mode, result, y, slopes, rtol, atol)
        for (k, expected) in enumerate(slopes)
            check_arguments(given, after, expected, length(flat(y)), k, rtol, atol)
        end
    end
    nothing
end

"For each batch entry, how the result and all arguments move."
forward_slopes(values, given) = [forward_slope(values, map(a -> shadow_of(a, k), given)) for k in 1:width(given)]
function forward_slope(values, tangents)
    starts = map(flat, values)
    moves = map((v, t) -> t === nothing ? zeros(length(v)) : flat(t), starts, tangents)
    slope(t -> flat(outcome(map((x, v, m) -> like(x, v .+ t .* m), values, starts, moves))))
end

function check_forward(::Type{<:Const}, mode, result, y, slopes, rtol, atol)
    @test needs_primal(mode) ? compared(flat(result[1]), flat(y), rtol, atol) : result == ()
end
function check_forward(::Type{<:Annotation}, mode, result, y, slopes, rtol, atol)
    needs_primal(mode) && @test compared(flat(result[2]), flat(y), rtol, atol)
    n = length(flat(y))
    for (k, expected) in enumerate(slopes)
        found = length(slopes) == 1 ? result[1] : Tuple(result[1])[k]
        @test compared(flat(found), expected[1:n], rtol, atol)
    end
end

"The arguments hold what the call leaves in them, and their shadows how that moves."
function check_arguments(given, after, expected, from, k, rtol, atol)
    at = from
    for (i, a) in enumerate(given)
        n = length(flat(after[i]))
        a isa Const || @test compared(flat(shadow_of(a, k)), expected[at+1:at+n], rtol, atol)
        k == 1 && @test compared(flat(a.val), flat(after[i]), rtol, atol)
        at += n
    end
end

# ---- Reverse mode

"Tests reverse mode of `f(args...)`: arguments are values, or `(value, Activity)`."
function test_reverse(f, ret_activity, args...; rng = nothing, fdm = nothing, fkwargs = (;), rtol = 1e-9, atol = 1e-9,
        testset_name = nothing, runtime_activity = false, output_tangent = nothing)
    given = (with_keywords(annotated(f), fkwargs), map(annotated, args)...)
    @testset "reverse" begin
        values = deepcopy(map(a -> a.val, given))
        y, after = outcome(values)
        n = width(given)
        seeds = ntuple(k -> ret_activity <: Const ? nothing : output_tangent === nothing ? rand_tangent(y) : output_tangent, n)
        before = [map(a -> deepcopy(shadow_of(a, k)), given) for k in 1:n]
        expected = [adjoints(values, given, seeds[k], before[k]) for k in 1:n]
        mode = set_runtime_activity(ReverseSplitWithPrimal, runtime_activity)
        forward, reverse = autodiff_thunk(mode, typeof(given[1]), ret_activity, map(typeof, Base.tail(given))...)
        tape, primal, shadow = forward(given...)
        @test compared(flat(primal), flat(y), rtol, atol)
        for (i, a) in enumerate(given)
            @test compared(flat(a.val), flat(after[i]), rtol, atol)
        end
        received = swept_back(ret_activity, reverse, given, tape, shadow, seeds, n)
        for k in 1:n
            check_adjoints(given, received, expected[k], k, n, rtol, atol)
        end
    end
    nothing
end

function swept_back(::Type{<:Active}, reverse, given, tape, shadow, seeds, n)
    reverse(given..., n == 1 ? seeds[1] : seeds, tape)[1]
end
function swept_back(::Type{<:Annotation}, reverse, given, tape, shadow, seeds, n)
    for k in 1:n
        seeds[k] === nothing || add_to!(n == 1 ? shadow : shadow[k], seeds[k])
    end
    reverse(given..., tape)[1]
end
add_to!(shadow::AbstractArray{<:Number}, d) = (shadow .+= d; nothing)
add_to!(shadow::AbstractArray, d) = foreach(add_to!, shadow, d)
add_to!(shadow::Tuple, d) = foreach(add_to!, shadow, d)
add_to!(shadow::Base.RefValue, d) = (shadow[] += d[]; nothing)
add_to!(shadow, d) = add_fields!(shadow, d, EnzymeAutodiff.activity(typeof(shadow)))
add_fields!(shadow, d, ::Val{0}) = nothing
add_fields!(shadow, d, ::Val) = foreach(add_to!, fields(shadow), fields(d))

"What each argument receives: the slopes of the result along its seed, and of the arguments along the shadows they had."
function adjoints(values, given, seed, before)
    starts = map(flat, values)
    weights = map((v, b) -> b === nothing ? zeros(length(v)) : flat(b), starts, before)
    score(moved) = (out = outcome(moved); weighted(out[1], seed) + sum(map((x, w) -> sum(flat(x) .* w), out[2], weights)))
    map((x, v, a) -> a isa Const ? nothing : [slope(t -> score(moved_at(values, starts, x, j, t)))  for j in 1:length(v)], eachplace(values), starts, given)
end
eachplace(values::Tuple) = __ntuple(identity, Val(__tuple_length(values)))
weighted(y, ::Nothing) = 0.0
weighted(y, seed) = sum(flat(y) .* flat(seed))
"All values, with float j of value number i moved by t."
function moved_at(values, starts, i, j, t)
    __ntuple(k -> like(values[k], k == i ? [l == j ? starts[k][l] + t : starts[k][l] for l in 1:length(starts[k])] : starts[k]), Val(__tuple_length(values)))
end

function check_adjoints(given, received, expected, k, n, rtol, atol)
    for (i, a) in enumerate(given)
        a isa Const && continue
        found = a isa Active ? (n == 1 ? received[i-1] : received[i-1][k]) : shadow_of(a, k)
        @test compared(flat(found), expected[i], rtol, atol)
    end
end

end

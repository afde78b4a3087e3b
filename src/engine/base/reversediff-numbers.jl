# Functions of ReverseDiff's tracked numbers, each recorded with its derivatives.
module ReverseDiff

"How many differentiations a type is inside of."
depth(::Type) = 0
depth(::Type{TrackedReal{V,D,O}}) where {V,D,O} = 1 + depth(V)
depth(::Type{TrackedArray{V,D,N,VA,DA}}) where {V,D,N,VA,DA} = 1 + depth(V)
depth(::Type{<:AbstractArray{T}}) where {T} = depth(T)
"The inner of two differentiations, for which what belongs to the outer one is constant."
order(a, b) = Val(sign(depth(typeof(a)) - depth(typeof(b))))

"The derivative of `f` by one of its arguments, as a function, which is recorded with its own derivatives where numbers are tracked twice."
struct Slope{F,K} <: Function
    f::F
end
(s::Slope{F,1})(x) where {F} = slope(s.f, x)
(s::Slope{F,K})(x, y) where {F,K} = slope(s.f, x, y, Val(K))
slope(f, x::Real) = Base.__forward((f, x), (nothing, one(x)), ForwardDiff.FLAGS)[2]
slope(f, x::Integer) = slope(f, float(x))
slope(f::F, x::TrackedReal) where {F} = of_one(Slope{F,1}(f), x)
slope(f, x::ForwardDiff.Dual) = ForwardDiff.through(Slope{typeof(f),1}(f), x)
slope(f, x::Real, y::Real, ::Val{1}) = Base.__forward((f, float(x), y), (nothing, one(float(x)), nothing), ForwardDiff.FLAGS)[2]
slope(f, x::Real, y::Real, ::Val{2}) = Base.__forward((f, x, float(y)), (nothing, nothing, one(float(y))), ForwardDiff.FLAGS)[2]
slope(f::F, x::TrackedReal, y::TrackedReal, ::Val{K}) where {F,K} = of_two(Slope{F,K}(f), x, y)
slope(f::F, x::TrackedReal, y::Real, ::Val{K}) where {F,K} = of_two(Slope{F,K}(f), x, y)
slope(f::F, x::Real, y::TrackedReal, ::Val{K}) where {F,K} = of_two(Slope{F,K}(f), x, y)
by_only(f, x) = slope(f, x)
by_first(f, x, y) = slope(f, x, y, Val(1))
by_second(f, x, y) = slope(f, x, y, Val(2))
# Where they are known without asking.
by_first(::typeof(+), x, y) = one(x)
by_second(::typeof(+), x, y) = one(y)
by_first(::typeof(-), x, y) = one(x)
by_second(::typeof(-), x, y) = -one(y)
by_first(::typeof(*), x, y) = y
by_second(::typeof(*), x, y) = x
by_first(::typeof(/), x, y) = inv(y)
by_second(::typeof(/), x, y) = -(x / (y * y))
by_first(::typeof(^), x, p) = iszero(p) ? zero(x * one(p)) : p * x^(p - 1)
by_second(::typeof(^), x, p) = iszero(x) && p > 0 ? zero(x * one(p)) : x^p * log(x)
by_only(::typeof(-), x) = -one(x)
by_only(::typeof(abs), x) = signbit(x) ? -one(x) : one(x)
by_only(::typeof(abs2), x) = x + x

"The value of a function of tracked numbers, tracked and recorded with the derivatives."
function of_one(f, t::TrackedReal)
    y = f(t.value)
    out = TrackedReal(y, zero(derivtype(t)), t.tape)
    hastape(t) && record!(t.tape, ScalarInstruction, f, t, out, Ref(by_only(f, t.value)))
    out
end
of_two(f, a::TrackedReal, b::TrackedReal) = of_two(f, a, b, order(a, b))
of_two(f, a::TrackedReal, b::Real) = of_two(f, a, b, Val(1))
of_two(f, a::Real, b::TrackedReal) = of_two(f, a, b, Val(-1))
function of_two(f, a, b, ::Val{0})
    tp = one_tape(a.tape, b.tape)
    out = TrackedReal(f(a.value, b.value), zero(promote_type(derivtype(a), derivtype(b))), tp)
    hastape(out) && record_two(f, a, b, out, Val(hastape(a)), Val(hastape(b)))
    out
end
function of_two(f, a, b, ::Val{1})
    out = TrackedReal(f(a.value, b), zero(derivtype(a)), a.tape)
    hastape(a) && record!(a.tape, ScalarInstruction, f, (a, b), out, Ref(by_first(f, a.value, b)))
    out
end
function of_two(f, a, b, ::Val{-1})
    out = TrackedReal(f(a, b.value), zero(derivtype(b)), b.tape)
    hastape(b) && record!(b.tape, ScalarInstruction, f, (a, b), out, Ref(by_second(f, a, b.value)))
    out
end
record_two(f, a, b, out, ::Val{true}, ::Val{true}) =
    record!(out.tape, ScalarInstruction, f, (a, b), out, Ref((by_first(f, a.value, b.value), by_second(f, a.value, b.value))))
record_two(f, a, b, out, ::Val{true}, ::Val{false}) = record!(out.tape, ScalarInstruction, f, (a, b), out, Ref(by_first(f, a.value, b.value)))
record_two(f, a, b, out, ::Val{false}, ::Val{true}) = record!(out.tape, ScalarInstruction, f, (a, b), out, Ref(by_second(f, a.value, b.value)))
"Of two tapes of one depth the package takes one, and a derivative is lost."
function one_tape(a::InstructionTape, b::InstructionTape)
    a === NULL_TAPE && return b
    a === b || b === NULL_TAPE || throw(ArgumentError("numbers of two differentiations by ReverseDiff meet, and it cannot tell them apart; do not capture what the outer one tracks"))
    a
end

scalar_forward_exec!(i::ScalarInstruction) = scalar_again!(i, i.input)
function scalar_again!(i, t::TrackedReal)
    pull_value!(t)
    value!(i.output, i.func(t.value))
    i.cache[] = by_only(i.func, t.value)
    nothing
end
scalar_again!(i, (a, b)::Tuple{TrackedReal,TrackedReal}) = both_again!(i, a, b, order(a, b))
scalar_again!(i, (a, b)::Tuple{TrackedReal,Any}) = both_again!(i, a, b, Val(1))
scalar_again!(i, (a, b)::Tuple{Any,TrackedReal}) = both_again!(i, a, b, Val(-1))
function both_again!(i, a, b, ::Val{0})
    pull_value!(a)
    pull_value!(b)
    value!(i.output, i.func(a.value, b.value))
    i.cache[] = (by_first(i.func, a.value, b.value), by_second(i.func, a.value, b.value))
    nothing
end
function both_again!(i, a, b, ::Val{1})
    pull_value!(a)
    value!(i.output, i.func(a.value, b))
    i.cache[] = by_first(i.func, a.value, b)
    nothing
end
function both_again!(i, a, b, ::Val{-1})
    pull_value!(b)
    value!(i.output, i.func(a, b.value))
    i.cache[] = by_second(i.func, a, b.value)
    nothing
end
scalar_reverse_exec!(i::ScalarInstruction) = (scalar_back!(i.input, deriv(i.output), i.cache[]); unseed!(i.output))
scalar_back!(t::TrackedReal, d, by) = increment_deriv!(t, d * by)
scalar_back!((a, b)::Tuple{TrackedReal,TrackedReal}, d, by::Tuple) = (increment_deriv!(a, d * by[1]); increment_deriv!(b, d * by[2]))
scalar_back!((a, b)::Tuple{TrackedReal,TrackedReal}, d, by) = depth(typeof(a)) > depth(typeof(b)) ? increment_deriv!(a, d * by) : increment_deriv!(b, d * by)
scalar_back!((a, b)::Tuple{TrackedReal,Any}, d, by) = increment_deriv!(a, d * by)
scalar_back!((a, b)::Tuple{Any,TrackedReal}, d, by) = increment_deriv!(b, d * by)

"A function of numbers of the program, recorded as one."
struct ForwardOptimize{F} <: Function
    f::F
end
(f::ForwardOptimize)(xs...) = f.f(xs...)
(f::ForwardOptimize)(t::TrackedReal) = of_one(f.f, t)
(f::ForwardOptimize)(a::TrackedReal, b::TrackedReal) = of_two(f.f, a, b)
(f::ForwardOptimize)(a::TrackedReal, b::Real) = of_two(f.f, a, b)
(f::ForwardOptimize)(a::Real, b::TrackedReal) = of_two(f.f, a, b)

Base.:+(t::WatchedReal) = t
Base.:-(t::WatchedReal) = of_one(-, t)
Base.:+(a::WatchedReal, b::WatchedReal) = of_two(+, a, b)
Base.:+(a::WatchedReal, b::Real) = of_two(+, a, b)
Base.:+(a::Real, b::WatchedReal) = of_two(+, a, b)
Base.:-(a::WatchedReal, b::WatchedReal) = of_two(-, a, b)
Base.:-(a::WatchedReal, b::Real) = of_two(-, a, b)
Base.:-(a::Real, b::WatchedReal) = of_two(-, a, b)
Base.:*(a::WatchedReal, b::WatchedReal) = of_two(*, a, b)
Base.:*(a::WatchedReal, b::Real) = of_two(*, a, b)
Base.:*(a::Real, b::WatchedReal) = of_two(*, a, b)
Base.:/(a::WatchedReal, b::WatchedReal) = of_two(/, a, b)
Base.:/(a::WatchedReal, b::Real) = of_two(/, a, b)
Base.:/(a::Real, b::WatchedReal) = of_two(/, a, b)
Base.:^(a::WatchedReal, b::WatchedReal) = of_two(^, a, b)
Base.:^(a::WatchedReal, b::Real) = of_two(^, a, b)
Base.:^(a::Real, b::WatchedReal) = of_two(^, a, b)
Base.:*(a::WatchedReal, b::Bool) = of_two(*, a, b)
Base.:*(a::Bool, b::WatchedReal) = of_two(*, a, b)
Base.:^(a::WatchedReal, b::Integer) = of_two(^, a, b)
Base.:^(a::WatchedReal, b::Rational) = of_two(^, a, b)
Base.atan(a::WatchedReal, b::WatchedReal) = of_two(atan, a, b)
Base.atan(a::WatchedReal, b::Real) = of_two(atan, a, b)
Base.atan(a::Real, b::WatchedReal) = of_two(atan, a, b)
Base.hypot(a::WatchedReal, b::WatchedReal) = of_two(hypot, a, b)
Base.hypot(a::WatchedReal, b::Real) = of_two(hypot, a, b)
Base.hypot(a::Real, b::WatchedReal) = of_two(hypot, a, b)
Base.log(a::WatchedReal, b::WatchedReal) = of_two(log, a, b)
Base.log(a::WatchedReal, b::Real) = of_two(log, a, b)
Base.log(a::Real, b::WatchedReal) = of_two(log, a, b)
Base.log(a::Integer, b::WatchedReal) = of_two(log, a, b)
Base.max(a::WatchedReal, b::WatchedReal) = of_two(max, a, b)
Base.max(a::WatchedReal, b::Real) = of_two(max, a, b)
Base.max(a::Real, b::WatchedReal) = of_two(max, a, b)
Base.min(a::WatchedReal, b::WatchedReal) = of_two(min, a, b)
Base.min(a::WatchedReal, b::Real) = of_two(min, a, b)
Base.min(a::Real, b::WatchedReal) = of_two(min, a, b)
Base.mod(a::WatchedReal, b::WatchedReal) = of_two(mod, a, b)
Base.mod(a::WatchedReal, b::Real) = of_two(mod, a, b)
Base.mod(a::Real, b::WatchedReal) = of_two(mod, a, b)
Base.rem(a::WatchedReal, b::WatchedReal) = of_two(rem, a, b)
Base.rem(a::WatchedReal, b::Real) = of_two(rem, a, b)
Base.rem(a::Real, b::WatchedReal) = of_two(rem, a, b)
Base.copysign(a::WatchedReal, b::WatchedReal) = of_two(copysign, a, b)
Base.copysign(a::WatchedReal, b::Real) = of_two(copysign, a, b)
Base.copysign(a::Real, b::WatchedReal) = of_two(copysign, a, b)
Base.flipsign(a::WatchedReal, b::WatchedReal) = of_two(flipsign, a, b)
Base.flipsign(a::WatchedReal, b::Real) = of_two(flipsign, a, b)
Base.flipsign(a::Real, b::WatchedReal) = of_two(flipsign, a, b)
Base.hypot(a::WatchedReal, b::WatchedReal, c::WatchedReal) = hypot(hypot(a, b), c)
Base.muladd(a::WatchedReal, b::WatchedReal, c::WatchedReal) = a * b + c
Base.fma(a::WatchedReal, b::WatchedReal, c::WatchedReal) = a * b + c
Base.div(a::WatchedReal, b::WatchedReal) = div(value(a), value(b))
Base.fld(a::WatchedReal, b::WatchedReal) = fld(value(a), value(b))
Base.cld(a::WatchedReal, b::WatchedReal) = cld(value(a), value(b))
Base.sincos(t::WatchedReal) = (sin(t), cos(t))
Base.sincospi(t::WatchedReal) = (sinpi(t), cospi(t))
Base.sqrt(t::WatchedReal) = of_one(sqrt, t)
Base.cbrt(t::WatchedReal) = of_one(cbrt, t)
Base.exp(t::WatchedReal) = of_one(exp, t)
Base.exp2(t::WatchedReal) = of_one(exp2, t)
Base.exp10(t::WatchedReal) = of_one(exp10, t)
Base.expm1(t::WatchedReal) = of_one(expm1, t)
Base.log(t::WatchedReal) = of_one(log, t)
Base.log2(t::WatchedReal) = of_one(log2, t)
Base.log10(t::WatchedReal) = of_one(log10, t)
Base.log1p(t::WatchedReal) = of_one(log1p, t)
Base.sin(t::WatchedReal) = of_one(sin, t)
Base.cos(t::WatchedReal) = of_one(cos, t)
Base.tan(t::WatchedReal) = of_one(tan, t)
Base.sec(t::WatchedReal) = of_one(sec, t)
Base.csc(t::WatchedReal) = of_one(csc, t)
Base.cot(t::WatchedReal) = of_one(cot, t)
Base.sinpi(t::WatchedReal) = of_one(sinpi, t)
Base.cospi(t::WatchedReal) = of_one(cospi, t)
Base.sind(t::WatchedReal) = of_one(sind, t)
Base.cosd(t::WatchedReal) = of_one(cosd, t)
Base.tand(t::WatchedReal) = of_one(tand, t)
Base.secd(t::WatchedReal) = of_one(secd, t)
Base.cscd(t::WatchedReal) = of_one(cscd, t)
Base.cotd(t::WatchedReal) = of_one(cotd, t)
Base.asin(t::WatchedReal) = of_one(asin, t)
Base.acos(t::WatchedReal) = of_one(acos, t)
Base.atan(t::WatchedReal) = of_one(atan, t)
Base.asec(t::WatchedReal) = of_one(asec, t)
Base.acsc(t::WatchedReal) = of_one(acsc, t)
Base.acot(t::WatchedReal) = of_one(acot, t)
Base.asind(t::WatchedReal) = of_one(asind, t)
Base.acosd(t::WatchedReal) = of_one(acosd, t)
Base.atand(t::WatchedReal) = of_one(atand, t)
Base.asecd(t::WatchedReal) = of_one(asecd, t)
Base.acscd(t::WatchedReal) = of_one(acscd, t)
Base.acotd(t::WatchedReal) = of_one(acotd, t)
Base.sinh(t::WatchedReal) = of_one(sinh, t)
Base.cosh(t::WatchedReal) = of_one(cosh, t)
Base.tanh(t::WatchedReal) = of_one(tanh, t)
Base.sech(t::WatchedReal) = of_one(sech, t)
Base.csch(t::WatchedReal) = of_one(csch, t)
Base.coth(t::WatchedReal) = of_one(coth, t)
Base.asinh(t::WatchedReal) = of_one(asinh, t)
Base.acosh(t::WatchedReal) = of_one(acosh, t)
Base.atanh(t::WatchedReal) = of_one(atanh, t)
Base.asech(t::WatchedReal) = of_one(asech, t)
Base.acsch(t::WatchedReal) = of_one(acsch, t)
Base.acoth(t::WatchedReal) = of_one(acoth, t)
Base.abs(t::WatchedReal) = of_one(abs, t)
Base.abs2(t::WatchedReal) = of_one(abs2, t)
Base.inv(t::WatchedReal) = of_one(inv, t)
Base.deg2rad(t::WatchedReal) = of_one(deg2rad, t)
Base.rad2deg(t::WatchedReal) = of_one(rad2deg, t)
Base.sinc(t::WatchedReal) = of_one(sinc, t)
Base.cosc(t::WatchedReal) = of_one(cosc, t)
Base.sign(t::WatchedReal) = of_one(sign, t)


end

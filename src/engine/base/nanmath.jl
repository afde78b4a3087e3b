# NaNMath: functions that give NaN outside of their domain, and statistics that leave NaN out.
module NaNMath

public sin, cos, tan, asin, acos, acosh, atanh, sqrt, log, log2, log10, log1p, pow, sum, mean, maximum, minimum, extrema, var, std, median, max, min

# Functions of this module, whatever their names mean elsewhere.
function sin end
function cos end
function tan end
function asin end
function acos end
function acosh end
function atanh end
function sqrt end
function log end
function log2 end
function log10 end
function log1p end
function sum end
function mean end
function maximum end
function minimum end
function extrema end
function var end
function std end
function median end
function max end
function min end

"`f(x)`, or NaN where `isoutside`."
__guarded(f, isoutside, x) = isoutside ? oftype(f(one(float(x)) / 2), NaN) : f(x)
sin(x::Real) = __guarded(Base.sin, isinf(x), x)
cos(x::Real) = __guarded(Base.cos, isinf(x), x)
tan(x::Real) = __guarded(Base.tan, isinf(x), x)
asin(x::Real) = __guarded(Base.asin, abs(x) > 1, x)
acos(x::Real) = __guarded(Base.acos, abs(x) > 1, x)
acosh(x::Real) = x < 1 ? oftype(float(x), NaN) : Base.acosh(x)
atanh(x::Real) = __guarded(Base.atanh, abs(x) > 1, x)
sqrt(x::Real) = __guarded(Base.sqrt, x < 0, x)
log(x::Real) = __guarded(Base.log, x < 0, x)
log2(x::Real) = __guarded(Base.log2, x < 0, x)
log10(x::Real) = __guarded(Base.log10, x < 0, x)
log1p(x::Real) = __guarded(Base.log1p, x < -1, x)
pow(x::Real, y::Real) = x < 0 && !isinteger(y) ? oftype(float(x) * float(y), NaN) : float(x)^y
pow(x::Real, n::Integer) = float(x)^n

known(xs) = filter(!isnan, collect(xs))
"Of what is not a NaN; NaN if there is nothing else."
__over_known(f, xs) = (left = known(xs); isempty(left) ? oftype(float(first(xs)), NaN) : f(left))
sum(xs) = __over_known(Base.sum, xs)
mean(xs) = __over_known(left -> Base.sum(left) / length(left), xs)
maximum(xs) = __over_known(Base.maximum, xs)
minimum(xs) = __over_known(Base.minimum, xs)
extrema(xs) = __over_known(Base.extrema, xs)
var(xs) = __over_known(left -> (m = mean(left); Base.sum(x -> abs2(x - m), left) / (length(left) - 1)), xs)
std(xs) = Base.sqrt(var(xs))
median(xs) = __over_known(middle, xs)
middle(left) = (s = sort(left); n = length(s); isodd(n) ? s[div(n, 2)+1] / 1 : (s[div(n, 2)] + s[div(n, 2)+1]) / 2)
max(x::Real, y::Real) = isnan(x) ? oftype(x + y, y) : isnan(y) ? oftype(x + y, x) : Base.max(x, y)
min(x::Real, y::Real) = isnan(x) ? oftype(x + y, y) : isnan(y) ? oftype(x + y, x) : Base.min(x, y)
max(x::Real, y::Real, rest::Real...) = max(max(x, y), rest...)
min(x::Real, y::Real, rest::Real...) = min(min(x, y), rest...)
end

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

"NaN of the type of `x`, for the sums below."
nan(x) = oftype(float(x), NaN)
# Outside of the domain the value is NaN and the derivative is what its formula gives there, as the rules of the packages have it: that of the
# logarithm is `1/x` there too, that of the root is NaN. So NaN is added to what has that derivative, or is what `x` is multiplied with.
sin(x::Real) = isinf(x) ? x * nan(x) : Base.sin(x)
cos(x::Real) = isinf(x) ? x * nan(x) : Base.cos(x)
tan(x::Real) = isinf(x) ? x * nan(x) : Base.tan(x)
asin(x::Real) = abs(x) > 1 ? x * nan(x) : Base.asin(x)
acos(x::Real) = abs(x) > 1 ? x * nan(x) : Base.acos(x)
acosh(x::Real) = x < -1 ? nan(x) - Base.acosh(-x) : x < 1 ? x * nan(x) : Base.acosh(x)
atanh(x::Real) = abs(x) > 1 ? nan(x) + Base.log(abs((1 + x) / (1 - x))) / 2 : Base.atanh(x)
sqrt(x::Real) = x < 0 ? x * nan(x) : Base.sqrt(x)
log(x::Real) = x < 0 ? nan(x) + Base.log(-x) : Base.log(x)
log2(x::Real) = x < 0 ? nan(x) + Base.log2(-x) : Base.log2(x)
log10(x::Real) = x < 0 ? nan(x) + Base.log10(-x) : Base.log10(x)
log1p(x::Real) = x < -1 ? nan(x) + Base.log(-1 - x) : Base.log1p(x)
pow(x::Real, y::Real) = x < 0 && !isinteger(y) ? x * y * nan(x * y) : float(x)^y
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

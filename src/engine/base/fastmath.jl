# What `@fastmath` would call. Results are those of the exact functions.
module FastMath

sqrt_fast(x) = sqrt(x)
cbrt_fast(x) = cbrt(x)
sin_fast(x) = sin(x)
cos_fast(x) = cos(x)
tan_fast(x) = tan(x)
asin_fast(x) = asin(x)
acos_fast(x) = acos(x)
atan_fast(x) = atan(x)
sinh_fast(x) = sinh(x)
cosh_fast(x) = cosh(x)
tanh_fast(x) = tanh(x)
asinh_fast(x) = asinh(x)
acosh_fast(x) = acosh(x)
atanh_fast(x) = atanh(x)
exp_fast(x) = exp(x)
exp2_fast(x) = exp2(x)
exp10_fast(x) = exp10(x)
expm1_fast(x) = expm1(x)
log_fast(x) = log(x)
log2_fast(x) = log2(x)
log10_fast(x) = log10(x)
log1p_fast(x) = log1p(x)
sincos_fast(x) = sincos(x)
abs_fast(x) = abs(x)
abs2_fast(x) = abs2(x)
conj_fast(x) = conj(x)
angle_fast(x) = angle(x)
cis_fast(x) = cis(x)
inv_fast(x) = inv(x)
sign_fast(x) = sign(x)
isnan_fast(x) = isnan(x)
isinf_fast(x) = isinf(x)
isfinite_fast(x) = isfinite(x)
issubnormal_fast(x) = issubnormal(x)
atan_fast(y, x) = atan(y, x)
log_fast(b, x) = log(b, x)
add_fast(x, y, rest...) = +(x, y, rest...)
add_fast(x) = +(x)
sub_fast(x) = -x
sub_fast(x, y) = x - y
mul_fast(x, y, rest...) = *(x, y, rest...)
mul_fast(x) = *(x)
div_fast(x, y) = x / y
rem_fast(x, y) = rem(x, y)
pow_fast(x, y) = x ^ y
eq_fast(x, y) = x == y
ne_fast(x, y) = x != y
lt_fast(x, y) = x < y
le_fast(x, y) = x <= y
gt_fast(x, y) = x > y
ge_fast(x, y) = x >= y
cmp_fast(x, y) = cmp(x, y)
max_fast(x, y, rest...) = max(x, y, rest...)
min_fast(x, y, rest...) = min(x, y, rest...)
minmax_fast(x, y) = minmax(x, y)
hypot_fast(x, y) = hypot(x, y)
mod_fast(x, y) = mod(x, y)
maximum_fast(a; kws...) = maximum(a; kws...)
minimum_fast(a; kws...) = minimum(a; kws...)
maximum_fast(f, a; kws...) = maximum(f, a; kws...)
minimum_fast(f, a; kws...) = minimum(f, a; kws...)

end

# DiffRules: derivatives of functions as expressions.
module DiffRules
export diffrule, hasdiffrule, diffrules

"For `(module, function, number of arguments)`, what makes the expressions of the derivatives."
const DEFINED_DIFFRULES = Dict{Tuple{Symbol,Symbol,Int},Any}()
rule(m, f, d) = DEFINED_DIFFRULES[(m, f, 1)] = d
rule2(m, f, d) = DEFINED_DIFFRULES[(m, f, 2)] = d
"Whether there is one, and the expression itself: of two arguments, a pair."
hasdiffrule(M, f, arity::Int) = (filled(); haskey(DEFINED_DIFFRULES, (Symbol(M), f, arity)))
function diffrule(M, f::Symbol, args...)
    filled()
    haskey(DEFINED_DIFFRULES, (Symbol(M), f, length(args))) || throw(KeyError((Symbol(M), f, length(args))))
    DEFINED_DIFFRULES[(Symbol(M), f, length(args))](args...)
end
"The keys of all rules."
diffrules(; filter_modules=(:Base, :SpecialFunctions, :NaNMath)) =
    (filled(); sort([k for k in keys(DEFINED_DIFFRULES) if filter_modules === nothing || k[1] in filter_modules]))
filled() = isempty(DEFINED_DIFFRULES) ? fill_rules() : nothing
function fill_rules()
    for (f, d) in (:+ => x -> :(1), :- => x -> :(-1), :sqrt => x -> :(inv(2 * sqrt($x))), :cbrt => x -> :(inv(3 * cbrt($x)^2)), :abs2 => x -> :($x + $x), :inv => x -> :(-abs2(inv($x))),
        :log => x -> :(inv($x)), :log10 => x -> :(inv($x) / log(10)), :log2 => x -> :(inv($x) / log(2)), :log1p => x -> :(inv($x + 1)), :exp => x -> :(exp($x)),
        :exp2 => x -> :(exp2($x) * log(2)), :exp10 => x -> :(exp10($x) * log(10)), :expm1 => x -> :(exp($x)), :sin => x -> :(cos($x)), :cos => x -> :(-sin($x)), :tan => x -> :(1 + tan($x)^2),
        :sec => x -> :(sec($x) * tan($x)), :csc => x -> :(-csc($x) * cot($x)), :cot => x -> :(-(1 + cot($x)^2)), :sinpi => x -> :(π * cospi($x)), :cospi => x -> :(-π * sinpi($x)),
        :sind => x -> :((π / oftype(float($x), 180)) * cosd($x)), :cosd => x -> :(-(π / oftype(float($x), 180)) * sind($x)), :tand => x -> :((π / oftype(float($x), 180)) * (1 + tand($x)^2)),
        :asin => x -> :(inv(sqrt(1 - $x^2))), :acos => x -> :(-inv(sqrt(1 - $x^2))), :atan => x -> :(inv(1 + $x^2)), :asec => x -> :(inv(abs($x) * sqrt($x^2 - 1))),
        :acsc => x -> :(-inv(abs($x) * sqrt($x^2 - 1))), :acot => x -> :(-inv(1 + $x^2)), :sinh => x -> :(cosh($x)), :cosh => x -> :(sinh($x)), :tanh => x -> :(1 - tanh($x)^2),
        :sech => x -> :(-tanh($x) * sech($x)), :csch => x -> :(-coth($x) * csch($x)), :coth => x -> :(-(csch($x)^2)), :asinh => x -> :(inv(sqrt($x^2 + 1))), :acosh => x -> :(inv(sqrt($x^2 - 1))),
        :atanh => x -> :(inv(1 - $x^2)), :asech => x -> :(-inv($x * sqrt(1 - $x^2))), :acsch => x -> :(-inv(abs($x) * sqrt(1 + $x^2))), :acoth => x -> :(inv(1 - $x^2)),
        :sinc => x -> :(cosc($x)), :deg2rad => x -> :(deg2rad(one($x))), :rad2deg => x -> :(rad2deg(one($x))), :identity => x -> :(1),
        :abs => x -> :(signbit($x) ? -one($x) : one($x)), :mod2pi => x -> :(isinteger($x / 2pi) ? oftype(float($x), NaN) : one(float($x))), :transpose => x -> :(1), :adjoint => x -> :(1),
        :conj => x -> :(1), :sign => x -> :(zero($x)))
        rule(:Base, f, d)
    end
    for (f, d) in (:+ => (x, y) -> (:(1), :(1)), :- => (x, y) -> (:(1), :(-1)), :* => (x, y) -> (y, x), :/ => (x, y) -> (:(one($x) / $y), :(-($x / $y / $y))), :\ => (x, y) -> (:(-($y / $x / $x)), :(one($y) / $x)),
        :^ => (x, y) -> (:($y * ($x^($y - 1))), :($x isa Real && $x <= 0 ? Base.oftype(float($x), NaN) : ($x^$y) * log($x))), :atan => (x, y) -> (:($y / ($x^2 + $y^2)), :(-$x / ($x^2 + $y^2))),
        :hypot => (x, y) -> (:($x / hypot($x, $y)), :($y / hypot($x, $y))), :log => (b, x) -> (:(log($x) * inv(-log($b)^2 * $b)), :(inv($x) / log($b))),
        :max => (x, y) -> (:($x > $y ? one($x) : zero($x)), :($x > $y ? zero($y) : one($y))), :min => (x, y) -> (:($x > $y ? zero($x) : one($x)), :($x > $y ? one($y) : zero($y))),
        :mod => (x, y) -> (:(first(promote(ifelse(isinteger($x / $y), NaN, 1), NaN))), :(z = $x / $y; first(promote(ifelse(isinteger(z), NaN, -floor(z)), NaN)))),
        :rem => (x, y) -> (:(first(promote(ifelse(isinteger($x / $y), NaN, 1), NaN))), :(z = $x / $y; first(promote(ifelse(isinteger(z), NaN, -trunc(z)), NaN)))),
        :ldexp => (x, y) -> (:(oftype(float($x), exp2($y))), :NaN))
        rule2(:Base, f, d)
    end
    for (f, d) in (:erf => x -> :((2 / sqrt(π)) * exp(-$x * $x)), :erfc => x -> :(-(2 / sqrt(π)) * exp(-$x * $x)), :erfinv => x -> :((sqrt(π) / 2) * exp(SpecialFunctions.erfinv($x)^2)),
        :erfcinv => x -> :(-(sqrt(π) / 2) * exp(SpecialFunctions.erfcinv($x)^2)), :erfcx => x -> :((2 * $x * SpecialFunctions.erfcx($x)) - (2 / sqrt(π))),
        :dawson => x -> :(1 - (2 * $x * SpecialFunctions.dawson($x))), :gamma => x -> :(SpecialFunctions.digamma($x) * SpecialFunctions.gamma($x)),
        :loggamma => x -> :(SpecialFunctions.digamma($x)), :digamma => x -> :(SpecialFunctions.trigamma($x)), :trigamma => x -> :(SpecialFunctions.polygamma(2, $x)),
        :besselj0 => x -> :(-SpecialFunctions.besselj1($x)), :besselj1 => x -> :((SpecialFunctions.besselj0($x) - SpecialFunctions.besselj(2, $x)) / 2),
        :bessely0 => x -> :(-SpecialFunctions.bessely1($x)), :bessely1 => x -> :((SpecialFunctions.bessely0($x) - SpecialFunctions.bessely(2, $x)) / 2))
        rule(:SpecialFunctions, f, d)
    end
    for (f, d) in (:besselj => (n, x) -> (:NaN, :((SpecialFunctions.besselj($n - 1, $x) - SpecialFunctions.besselj($n + 1, $x)) / 2)),
        :besseli => (n, x) -> (:NaN, :((SpecialFunctions.besseli($n - 1, $x) + SpecialFunctions.besseli($n + 1, $x)) / 2)),
        :bessely => (n, x) -> (:NaN, :((SpecialFunctions.bessely($n - 1, $x) - SpecialFunctions.bessely($n + 1, $x)) / 2)),
        :besselk => (n, x) -> (:NaN, :(-(SpecialFunctions.besselk($n - 1, $x) + SpecialFunctions.besselk($n + 1, $x)) / 2)),
        :polygamma => (m, x) -> (:NaN, :(SpecialFunctions.polygamma($m + 1, $x))),
        :beta => (a, b) -> (:(SpecialFunctions.beta($a, $b) * (SpecialFunctions.digamma($a) - SpecialFunctions.digamma($a + $b))), :(SpecialFunctions.beta($a, $b) * (SpecialFunctions.digamma($b) - SpecialFunctions.digamma($a + $b)))),
        :logbeta => (a, b) -> (:(SpecialFunctions.digamma($a) - SpecialFunctions.digamma($a + $b)), :(SpecialFunctions.digamma($b) - SpecialFunctions.digamma($a + $b))))
        rule2(:SpecialFunctions, f, d)
    end
    for (f, d) in (:sqrt => x -> :(inv(2 * NaNMath.sqrt($x))), :sin => x -> :(NaNMath.cos($x)), :cos => x -> :(-NaNMath.sin($x)), :tan => x -> :(1 + NaNMath.tan($x)^2), :asin => x -> :(inv(NaNMath.sqrt(1 - $x^2))),
        :acos => x -> :(-inv(NaNMath.sqrt(1 - $x^2))), :acosh => x -> :(inv(NaNMath.sqrt($x^2 - 1))), :atanh => x -> :(inv(1 - $x^2)), :log => x -> :(inv($x)), :log2 => x -> :(inv($x) / NaNMath.log(2)),
        :log10 => x -> :(inv($x) / NaNMath.log(10)), :log1p => x -> :(inv($x + 1)))
        rule(:NaNMath, f, d)
    end
    rule2(:NaNMath, :pow, (x, y) -> (:($y * NaNMath.pow($x, $y - 1)), :(NaNMath.pow($x, $y) * NaNMath.log($x))))
    for (f, d) in (:xlogx => x -> :(1 + log($x)), :logistic => x -> :(z = LogExpFunctions.logistic($x); z * (1 - z)), :logit => x -> :(inv($x * (1 - $x))), :log1psq => x -> :(2 * $x / (1 + $x^2)),
        :log1pexp => x -> :(LogExpFunctions.logistic($x)), :log1mexp => x -> :(-exp($x - LogExpFunctions.log1mexp($x))), :logexpm1 => x -> :(exp($x - LogExpFunctions.logexpm1($x))),
        :logcosh => x -> :(tanh($x)))
        rule(:LogExpFunctions, f, d)
    end
end
end

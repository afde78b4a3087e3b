# Printf: text by format strings.

module Printf
"What `@sprintf` gives: `fmt` with each `%…` replaced by the next argument."
function __format(fmt::String, args...)
    out = ""
    left = fmt
    k = 0
    while true
        at = Intrinsics.str_find(left, "%")
        at < 0 && break
        out = string(out, Intrinsics.str_slice(left, 0, at))
        n = spec_length(left, at)
        spec = Intrinsics.str_slice(left, at + 1, at + n)
        left = Intrinsics.str_slice(left, at + n, length(left))
        if spec == "%"
            out = string(out, "%")
        else
            k += 1
            k > Base.__tuple_length(args) && throw(ArgumentError("mismatch between # of format specifiers and provided args"))
            out = string(out, nth_formatted(spec, k, args...))
        end
    end
    string(out, left)
end
nth_formatted(spec, k) = ""
nth_formatted(spec, k, x, rest...) = k == 1 ? formatted(spec, x) : nth_formatted(spec, k - 1, rest...)
"How many characters the specifier at 0-based position `at` has."
function spec_length(s, at)
    k = at + 1
    while k < length(s) && Base.__item(s, k) in "-+ 0#123456789.hlLqjzt"
        k += 1
    end
    k - at + 1
end
"One argument by its specifier, without the percent sign: `-8.3f`."
function formatted(spec, x)
    k = 0
    left, plus, zero, space = false, false, false, false
    while Base.__item(spec, k) in "-+ 0#"
        c = Base.__item(spec, k)
        left = left || c == '-'
        plus = plus || c == '+'
        zero = zero || c == '0'
        space = space || c == ' '
        k += 1
    end
    width = 0
    while isdigit(Base.__item(spec, k))
        width = 10 * width + (Base.__item(spec, k) - '0')
        k += 1
    end
    digits = -1
    if Base.__item(spec, k) == '.'
        digits = 0
        k += 1
        while isdigit(Base.__item(spec, k))
            digits = 10 * digits + (Base.__item(spec, k) - '0')
            k += 1
        end
    end
    while Base.__item(spec, k) in "hlLqjzt"
        k += 1
    end
    text = body(Base.__item(spec, k), x, digits)
    numeric = x isa Number
    if numeric && !startswith(text, "-")
        text = string(plus ? "+" : space ? " " : "", text)
    end
    if left
        rpad(text, width)
    elseif zero && numeric
        sign = startswith(text, "-") || startswith(text, "+") ? first(text, 1) : ""
        string(sign, lpad(chop(text; head=length(sign), tail=0), width - length(sign), '0'))
    else
        lpad(text, width)
    end
end
body(c, x, digits) = c == 's' ? cut(string(x), digits) : throw(ArgumentError("invalid format: %$c for a value of type $(typeof(x))"))
body(c, x::Char, digits) = string(x)
cut(s, digits) = digits < 0 ? s : first(s, digits)
function body(c, x::Real, digits)
    c == 's' && return cut(string(x), digits)
    (c == 'd' || c == 'i' || c == 'u') && return string(x isa Integer ? x : round(Int64, x))
    c == 'x' && return string(Int64(x); base=16)
    c == 'X' && return uppercase(string(Int64(x); base=16))
    c == 'o' && return string(Int64(x); base=8)
    c == 'b' && return string(Int64(x); base=2)
    c == 'c' && return string(Char(Int64(x)))
    v = Float64(x)
    isfinite(v) || return isnan(v) ? "NaN" : v > 0 ? "Inf" : "-Inf"
    sign = signbit(v) ? "-" : ""
    p = digits < 0 ? 6 : digits
    c == 'f' && return string(sign, fixed(abs(v), p))
    c == 'e' && return string(sign, scientific(abs(v), p))
    c == 'E' && return string(sign, uppercase(scientific(abs(v), p)))
    c == 'g' && return string(sign, general(abs(v), max(p, 1)))
    c == 'F' && return string(sign, fixed(abs(v), p))
    c == 'G' && return string(sign, uppercase(general(abs(v), max(p, 1))))
    throw(ArgumentError("invalid format string: %$c"))
end
"`x * s` rounded to a whole number, ties to even, from the exact product."
function exact_round(x::Float64, s::Float64)
    p = x * s
    p >= 9.0e15 && return p
    r = round(p)
    d = (p - r) + Base.__product_error(x, s, p)
    d > 0.5 || (d == 0.5 && isodd(Int64(r))) ? r + 1 : d < -0.5 || (d == -0.5 && isodd(Int64(r))) ? r - 1 : r
end
whole(r::Float64) = r < 9.0e15 ? string(Int64(r)) : plain_digits(r)
"The digits of a float past 2^53, by its shortest decimal form."
function plain_digits(r)
    mantissa, power = split(string(r), 'e')
    whole_part, fraction = split(mantissa, '.')
    e = parse(Int64, power)
    string(whole_part, rpad(fraction == "0" ? "" : fraction, e, '0'))
end
function fixed(x::Float64, p)
    p > 15 && return string(fixed(x, 15), repeat("0", p - 15))
    r = exact_round(x, 10.0^p)
    p == 0 && return whole(r)
    r < 9.0e15 || return string(whole(x), ".", repeat("0", p))
    text = lpad(whole(r), p + 1, '0')
    string(first(text, length(text) - p), ".", last(text, p))
end
function scientific(x::Float64, p)
    e = iszero(x) ? 0 : Base.__round_exponent(x, 10)
    r = scaled(x, p - e)
    if r >= 10.0^(p + 1)
        e += 1
        r = scaled(x, p - e)
    end
    text = lpad(whole(r), p + 1, '0')
    string(first(text, 1), p == 0 ? "" : string(".", last(text, p)), "e", e < 0 ? "-" : "+", lpad(abs(e), 2, '0'))
end
scaled(x, n) = n >= 0 ? exact_round(x, 10.0^n) : round(x / 10.0^-n)
function general(x::Float64, p)
    e = iszero(x) ? 0 : Base.__round_exponent(parse(Float64, scientific(x, p - 1)), 10)
    text = e < -4 || e >= p ? scientific(x, p - 1) : fixed(x, p - 1 - e)
    occursin("e", text) ? string(trimmed(first(text, Intrinsics.str_find(text, "e"))), last(text, length(text) - Intrinsics.str_find(text, "e"))) : trimmed(text)
end
function trimmed(text)
    occursin(".", text) || return text
    n = length(text)
    while Base.__item(text, n - 1) == '0'
        n -= 1
    end
    Base.__item(text, n - 1) == '.' && (n -= 1)
    first(text, n)
end
end

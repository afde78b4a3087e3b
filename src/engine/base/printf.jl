# Printf: text by format strings.

module Printf
"What `@sprintf` gives: `fmt` with each `%…` replaced by the next argument."
__format(fmt::String, args...) = filled_in(fmt, args)
"A format by itself, and what it makes of its arguments."
struct Format
    text::String
    Format(text) = (specifiers(text); new(text))
end
function specifiers(text)
    at = Intrinsics.str_find(text, "%")
    while at >= 0
        n = spec_length(text, at)
        at + n <= length(text) && Base.__item(text, at + n - 1) in "diufFeEgGxXoaAcsp%" || throw(ArgumentError("invalid format string: '$text'"))
        text = Intrinsics.str_slice(text, at + n, length(text))
        at = Intrinsics.str_find(text, "%")
    end
end
format(f::Format, args...) = filled_in(f.text, args)
format(io::IO, f::Format, args...) = print(io, filled_in(f.text, args))
function filled_in(fmt, args)
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
            # A star takes a width or a number of digits from the arguments.
            while occursin("*", spec)
                k += 1
                spec = replace(spec, "*" => string(nth(k, args)); count=1)
            end
            k += 1
            out = string(out, nth_formatted(spec, k, args))
        end
    end
    string(out, left)
end
too_few() = throw(ArgumentError("mismatch between # of format specifiers and provided args"))
nth(k, args) = k <= __tuple_length(args) ? args[k] : too_few()
nth_formatted(spec, k, ::Tuple{}) = too_few()
nth_formatted(spec, k, args::Tuple) = k == 1 ? formatted(spec, Base.__tuple_get(args, 1)) : nth_formatted(spec, k - 1, Base.tail(args))
"How many characters the specifier at 0-based position `at` has."
function spec_length(s, at)
    k = at + 1
    while k < length(s) && Base.__item(s, k) in "-+ 0#123456789.*hlLqjzt"
        k += 1
    end
    k - at + 1
end
"One argument by its specifier, without the percent sign: `-8.3f`."
function formatted(spec, x)
    k = 0
    left, plus, zero, space, marked = false, false, false, false, false
    while Base.__item(spec, k) in "-+ 0#"
        c = Base.__item(spec, k)
        left = left || c == '-'
        plus = plus || c == '+'
        zero = zero || c == '0'
        space = space || c == ' '
        marked = marked || c == '#'
        k += 1
    end
    width = 0
    # A negative width that a star took means to the left.
    if Base.__item(spec, k) == '-'
        left = true
        k += 1
    end
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
    c = Base.__item(spec, k)
    text = marked ? with_mark(c, body(c, x, digits)) : body(c, x, digits)
    marked && c in "gG" && isfinite(x) && (text = all_digits(text, digits < 0 ? 6 : max(digits, 1)))
    numeric = x isa Number && c != 's' && c != 'c'
    if numeric && !startswith(text, "-")
        text = string(plus ? "+" : space ? " " : "", text)
    end
    # At least so many digits of a whole number.
    if numeric && digits >= 0 && c in "diuxXo"
        sign = sign_of(text)
        text = string(sign, lpad(chop(text; head=length(sign), tail=0), digits, '0'))
        zero = false
    end
    if left
        rpad(text, width)
    elseif zero && numeric && !(endswith(text, "Inf") || endswith(text, "NaN"))
        sign = sign_of(text)
        string(sign, lpad(chop(text; head=length(sign), tail=0), width - length(sign), '0'))
    else
        lpad(text, width)
    end
end
sign_of(text) = startswith(text, "-") || startswith(text, "+") || startswith(text, " ") ? first(text, 1) : ""
"The zeros that `#g` keeps."
function all_digits(text, p)
    at = findfirst(in("eE"), text)
    number, power = at === nothing ? (text, "") : (text[1:at-1], text[at:end])
    missing_ones = p - count(isdigit, lstrip(number, ('-', '0', '.')))
    string(number, '.' in number ? "" : ".", '0'^max(missing_ones, 0), power)
end
with_mark(c, text) = c == 'x' ? string("0x", text) : c == 'X' ? string("0X", text) : c == 'o' ? string("0", text) : text
body(c, x, digits) = c == 's' ? cut(string(x), digits) : throw(ArgumentError("invalid format: %$c for a value of type $(typeof(x))"))
body(c, x::Char, digits) = string(x)
cut(s, digits) = digits < 0 ? s : first(s, digits)
function body(c, x::Real, digits)
    c == 's' && return cut(string(x), digits)
    (c == 'd' || c == 'i' || c == 'u') && isfinite(x) && return string(x isa Bool ? Int64(x) : x isa Integer ? x : round(Int64, x))
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
    c == 'a' && return string(sign, hexadecimal(abs(v)))
    c == 'A' && return string(sign, uppercase(hexadecimal(abs(v))))
    c == 'F' && return string(sign, fixed(abs(v), p))
    c == 'G' && return string(sign, uppercase(general(abs(v), max(p, 1))))
    throw(ArgumentError("invalid format string: %$c"))
end
"Digits and the power of ten, `p` of them after the first, from the exact value."
function decimal(x::Float64, p)
    text = Intrinsics.str_decimal(x, Int64(p))
    at = Intrinsics.str_find(text, "e")
    (replace(first(text, at), "." => ""), parse(Int64, chop(text; head=at + 1, tail=0)))
end
function fixed(x::Float64, p)
    _, e = decimal(x, 17)
    if x == 0 || e + p < -1
        digits = "0"
    elseif e + p == -1
        # Less than one unit of the last place: one if it is more than a half.
        all_digits = first(decimal(x, 100))
        digits = all_digits > string("5", repeat("0", 100)) ? "1" : "0"
    else
        digits, f = decimal(x, e + p)
        f > e && (digits = string(digits, "0"))
    end
    digits = lpad(digits, p + 1, '0')
    p == 0 ? digits : string(first(digits, length(digits) - p), ".", last(digits, p))
end
function scientific(x::Float64, p)
    digits, e = decimal(x, p)
    string(first(digits, 1), p == 0 ? "" : string(".", last(digits, p)), "e", e < 0 ? "-" : "+", lpad(abs(e), 2, '0'))
end
function general(x::Float64, p)
    _, e = decimal(x, p - 1)
    text = e < -4 || e >= p ? scientific(x, p - 1) : fixed(x, p - 1 - e)
    occursin("e", text) ? string(trimmed(first(text, Intrinsics.str_find(text, "e"))), last(text, length(text) - Intrinsics.str_find(text, "e"))) : trimmed(text)
end
"`0x1.8p+1`."
function hexadecimal(x::Float64)
    iszero(x) && return "0x0p+0"
    m, e = frexp(x)
    m, e = 2m - 1, e - 1
    digits = ""
    while m > 0
        m *= 16
        d = floor(Int64, m)
        digits = string(digits, string(d; base=16))
        m -= d
    end
    string("0x1", isempty(digits) ? "" : string(".", digits), "p", e < 0 ? "-" : "+", abs(e))
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

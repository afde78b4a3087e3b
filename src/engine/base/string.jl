# Strings, characters and symbols. A string is indexed by byte, as in Julia; the runtime counts characters.

string() = ""
string(x::String) = x
string(x::SubString) = Intrinsics.cast(String, x)
string(x) = Intrinsics.any_string(x)
string(x::Char) = Intrinsics.str_from_char(__raw(x))
string(x::Symbol) = Intrinsics.cast(String, x)
string(a, b) = Intrinsics.str_concat(string(a), string(b))
string(a, b, rest...) = Intrinsics.str_concat(string(a), string(b, rest...))
String(s::__Text) = string(s)
String(s::Symbol) = Intrinsics.cast(String, s)
String(v::AbstractVector{Char}) = join(v)
Symbol(s::Symbol) = s
Symbol(s::__Text) = Intrinsics.cast(Symbol, s)
Symbol(parts...) = Symbol(string(parts...))
*(a::Union{AbstractString,Char}, b::Union{AbstractString,Char}) = string(a, b)
one(::Type{<:AbstractString}) = ""
^(s::Union{AbstractString,Char}, n::Integer) = repeat(s, n)
literal_pow(::typeof(^), s::Union{AbstractString,Char}, ::Val{n}) where {n} = repeat(s, n)
function repeat(s::Union{AbstractString,Char}, n::Integer)
    n < 0 && __argument_error("can't repeat a string ", n, " times")
    out = ""
    piece = string(s)
    for _ in 1:n
        out = Intrinsics.str_concat(out, piece)
    end
    out
end
==(a::__Text, b::__Text) = Intrinsics.str_eq(a, b)
==(a::Symbol, b::Symbol) = a === b
isless(a::__Text, b::__Text) = Intrinsics.str_lt(a, b)
isless(a::Symbol, b::Symbol) = isless(String(a), String(b))
<(a::AbstractString, b::AbstractString) = isless(a, b)
cmp(a::__Text, b::__Text) = a == b ? 0 : isless(a, b) ? -1 : 1
length(s::__Text) = Intrinsics.str_length(s)
isempty(s::AbstractString) = length(s) == 0
__count(s::__Text) = Intrinsics.str_length(s)
__item(s::__Text, k::Int64) = Intrinsics.cast(Char, Intrinsics.str_char(s, k))
"The state is the byte index of the next character."
iterate(s::__Text) = isempty(s) ? nothing : (c = __item(s, 0); (c, 1 + __width(c)))
function iterate(s::__Text, i::Integer)
    i > ncodeunits(s) && return nothing
    c = s[i]
    (c, Int64(i) + __width(c))
end
eltype(::Type{<:AbstractString}) = Char
"How many bytes a character takes in UTF-8."
__width(c::Char) = __raw(c) < 128 ? 1 : __raw(c) < 2048 ? 2 : __raw(c) < 65536 ? 3 : 4
ncodeunits(c::Char) = __width(c)
ncodeunits(s::__Text) = Intrinsics.str_bytes(s)
sizeof(s::__Text) = ncodeunits(s)
sizeof(a::Array{T}) where {T} = length(a) * sizeof(T)
sizeof(::Type{Char}) = 4
sizeof(x) = sizeof(typeof(x))
"The fields of a struct stand one after the other, each at a multiple of what it needs."
sizeof(::Type{T}) where {T} = isstructtype(T) && isbitstype(T) ? __laid_out(0, 1, fieldtypes(T)...) : error("Argument is an abstract type and does not have a definite size.")
__laid_out(at, widest) = cld(at, widest) * widest
__laid_out(at, widest, T, rest...) = (n = __alignment(T); __laid_out(cld(at, n) * n + sizeof(T), max(widest, n), rest...))
__alignment(T) = isstructtype(T) ? __widest(fieldtypes(T)...) : sizeof(T)
__widest() = 1
__widest(T, rest...) = max(__alignment(T), __widest(rest...))
"The 0-based number of the character that starts at byte index `i`."
function __character(s::__Text, i::Int64)
    1 <= i <= ncodeunits(s) || __out_of_bounds(s, i)
    k = Intrinsics.str_character(s, i)
    __byte_index(s, k) == i ? k : throw(StringIndexError(s, i))
end
"The byte index of the character with 0-based number `k`."
__byte_index(s::__Text, k::Int64) = Intrinsics.str_byte(s, k)
getindex(s::__Text, i::Integer) = __item(s, __character(s, __raw(i)))
getindex(s::__Text, r::AbstractUnitRange) =
    isempty(r) ? __slice(s, 0, 0) : __slice(s, __character(s, __raw(first(r))), __character(s, __raw(last(r))) + 1)
getindex(s::__Text, ::Colon) = s
"Characters `from` to `to`, counted from 0 without the last one: of a string a string, of a part of one a part."
__slice(s::String, from, to) = Intrinsics.str_slice(s, from, to)
__slice(s::SubString, from, to) = __part(s, from, to)
"Likewise, always as a part."
__part(s::__Text, from, to) = Intrinsics.cast(SubString{String}, Intrinsics.str_slice(s, from, to))
(::Type{SubString})(s::__Text) = Intrinsics.cast(SubString{String}, s)
(::Type{SubString})(s::__Text, r::AbstractUnitRange) = SubString(s[r])
(::Type{SubString})(s::__Text, i::Integer, j::Integer=lastindex(s)) = SubString(s[i:j])
SubString{T}(s::__Text, places...) where {T} = SubString(s, places...)
__after(s::__Text, items, k) = __part(s, k, length(s))
view(s::__Text, r::AbstractUnitRange) = SubString(s, r)
maybeview(s::__Text, r::AbstractUnitRange) = SubString(s, r)
convert(::Type{String}, s::SubString) = string(s)
convert(::Type{SubString{String}}, s::String) = SubString(s)
promote_rule(::Type{String}, ::Type{<:SubString}) = String
firstindex(s::__Text) = 1
lastindex(s::__Text) = isempty(s) ? 0 : __byte_index(s, length(s) - 1)
nextind(s::__Text, i::Integer) = i == 0 ? 1 : (k = thisind(s, i); k + __width(s[k]))
prevind(s::__Text, i::Integer) = i == 1 ? 0 : __byte_index(s, i > lastindex(s) ? length(s) - 1 : __character(s, __raw(i)) - 1)
keys(s::__Text) = eachindex(s)
eachindex(s::__Text) = [__byte_index(s, k) for k in 0:length(s)-1]
"Where the character begins that byte `i` belongs to."
function nextind(s::__Text, i::Integer, n::Integer)
    for _ in 1:n
        i = nextind(s, i)
    end
    i
end
function prevind(s::__Text, i::Integer, n::Integer)
    for _ in 1:n
        i = prevind(s, i)
    end
    i
end
thisind(s::__Text, i::Integer) = 1 <= i <= ncodeunits(s) ? __byte_index(s, Intrinsics.str_character(s, __raw(i))) : i
reverseind(s::__Text, i::Integer) = thisind(s, ncodeunits(s) - i + 1)
isascii(s::__Text) = all(c -> __raw(c) < 128, s)
first(s::__Text) = isempty(s) ? __argument_error("collection must be non-empty") : __item(s, 0)
last(s::__Text) = isempty(s) ? __argument_error("collection must be non-empty") : __item(s, length(s) - 1)
first(s::__Text, n::Integer) = __slice(s, 0, min(n, length(s)))
last(s::__Text, n::Integer) = __slice(s, max(0, length(s) - n), length(s))
chop(s::__Text; head::Integer=0, tail::Integer=1) = __part(s, min(head, length(s)), max(min(head, length(s)), length(s) - tail))
chomp(s::__Text) = chop(s; tail=endswith(s, "\r\n") ? 2 : endswith(s, '\n') ? 1 : 0)
collect(s::__Text) = [c for c in s]
reverse(s::__Text) = join(reverse(collect(s)))
in(c::Char, s::__Text) = __find(s, string(c)) >= 0
in(::AbstractString, ::AbstractString) = error("use occursin(needle, haystack) for string containment")
get(s::__Text, i::Integer, default) = isvalid(s, i) ? s[i] : default

lpad(s, n::Integer, p=' ') = (t = string(s); string(__padding(string(p), n - textwidth(t)), t))
rpad(s, n::Integer, p=' ') = (t = string(s); string(t, __padding(string(p), n - textwidth(t))))
"`n` columns of `p`, the last time what fits of it."
function __padding(p, n)
    n <= 0 && return ""
    whole, rest = divrem(n, textwidth(p))
    string(repeat(p, whole), first(p, rest))
end
uppercase(s::__Text) = join(map(uppercase, collect(s)))
lowercase(s::__Text) = join(map(lowercase, collect(s)))
uppercasefirst(s::__Text) = isempty(s) ? "" : string(uppercase(first(s)), Intrinsics.str_slice(s, 1, length(s)))
lowercasefirst(s::__Text) = isempty(s) ? "" : string(lowercase(first(s)), Intrinsics.str_slice(s, 1, length(s)))

# Characters.
Char(c::Char) = c
Char(n::Integer) = Intrinsics.cast(Char, __raw(__code_point(n)))
"Of this engine's characters, each is one of Unicode."
__code_point(n::UInt8) = n
__code_point(n) =
    n < 0 ? throw(InexactError(:trunc, UInt32, n)) : n > 0x10ffff ? __argument_error("a character beyond U+10FFFF is outside the supported subset") : n
convert(::Type{T}, c::Char) where {T<:Number} = T(c)
convert(::Type{Char}, n::Number) = Char(n)
codepoint(c::Char) = UInt32(__raw(c))
==(a::Char, b::Char) = __raw(a) == __raw(b)
<(a::Char, b::Char) = __raw(a) < __raw(b)
<=(a::Char, b::Char) = __raw(a) <= __raw(b)
isless(a::Char, b::Char) = __raw(a) < __raw(b)
+(c::Char, n::Integer) = Char(__raw(c) + __raw(n))
+(n::Integer, c::Char) = c + n
-(c::Char, n::Integer) = Char(__raw(c) - __raw(n))
-(a::Char, b::Char) = __raw(a) - __raw(b)
zero(::Type{Char}) = Char(0)
one(::Type{Char}) = throw(MethodError(one, (Char,)))
isdigit(c::Char) = '0' <= c && c <= '9'
isascii(c::Char) = __raw(c) < 128
# Unicode's classes. Those of ASCII need no table.
isletter(c::Char) = isascii(c) ? 'a' <= __low(c) && __low(c) <= 'z' : Intrinsics.char_is(__raw(c), 0)
isuppercase(c::Char) = isascii(c) ? 'A' <= c && c <= 'Z' : Intrinsics.char_is(__raw(c), 1)
islowercase(c::Char) = isascii(c) ? 'a' <= c && c <= 'z' : Intrinsics.char_is(__raw(c), 2)
isspace(c::Char) = isascii(c) ? c == ' ' || ('\t' <= c && c <= '\r') : Intrinsics.char_is(__raw(c), 3)
ispunct(c::Char) = Intrinsics.char_is(__raw(c), 4)
isnumeric(c::Char) = isascii(c) ? isdigit(c) : Intrinsics.char_is(__raw(c), 5)
uppercase(c::Char) = isascii(c) ? ('a' <= c && c <= 'z' ? c - 32 : c) : Char(Intrinsics.char_in_case(__raw(c), true))
lowercase(c::Char) = isascii(c) ? __low(c) : Char(Intrinsics.char_in_case(__raw(c), false))
__low(c::Char) = 'A' <= c && c <= 'Z' ? c + 32 : c
length(c::Char) = 1
getindex(c::Char) = c
getindex(c::Char, i::Integer) = i == 1 ? c : __out_of_bounds(c, i)
__count(c::Char) = 1
__counted(c::Char) = true
size(c::Char) = ()
ndims(c::Char) = 0
ndims(::Type{<:AbstractChar}) = 0
eltype(::Type{<:AbstractChar}) = Char
first(c::Char) = c
last(c::Char) = c
iterate(c::Char, done=false) = done ? nothing : (c, true)
IteratorSize(::Type{Char}) = HasShape{0}()
typemax(::Type{Char}) = Char(0x10ffff)
typemin(::Type{Char}) = Char(0)
__item(c::Char, k::Int64) = c

# Numbers in text.
parse(::Type{T}, s::__Text; base::Integer=10) where {T} = __parsed_or_throw(T, tryparse(T, s; base=base), s, base)
parse(::Type{T}, c::Char; base::Integer=10) where {T<:Integer} = parse(T, string(c); base=base)
__parsed_or_throw(T, x, s, base) = x
function __parsed_or_throw(T, ::Nothing, s, base)
    T <: AbstractFloat && __argument_error("cannot parse ", repr(s), " as ", T)
    T <: Integer || __argument_error("cannot parse ", repr(s), " as ", T)
    isempty(strip(s)) && __argument_error("input string is empty or only contains whitespace")
    bad = filter(c -> !__is_digit(c, base), strip(s))
    T <: Unsigned && startswith(bad, '-') && __argument_error("invalid base ", base, " digit '-' in ", repr(s))
    isempty(bad) && throw(OverflowError("overflow parsing " * repr(s)))
    __argument_error("invalid base ", base, " digit ", repr(first(lstrip(bad, ('+', '-')))), " in ", repr(s))
end
__is_digit(c, base) = (d = isdigit(c) ? c - '0' : 'a' <= lowercase(c) <= 'z' ? lowercase(c) - 'a' + 10 : 99; d < base)
function tryparse(::Type{T}, s::__Text; base::Integer=10) where {T<:AbstractFloat}
    x, ok = Intrinsics.str_parse_f64(strip(s))
    ok ? T(x) : nothing
end
function tryparse(::Type{T}, s::__Text; base::Integer=10) where {T<:Integer}
    base == 10 || return __tryparse_base(T, strip(s), base)
    x, ok = Intrinsics.str_parse_i64(strip(s))
    ok && return __in_range(T, x)
    size, number = Intrinsics.str_parse_f64(strip(s))
    number && T === Int64 && all(c -> isdigit(c) || c in "+-", strip(s)) && -9.223372036854775808e18 < size < 9.223372036854775808e18 &&
        throw(OverflowError("an Int64 past 2^53 is not supported: $s"))
    nothing
end
function tryparse(::Type{Complex{T}}, s::__Text; base::Integer=10) where {T<:Real}
    text = replace(strip(s), " " => "")
    unit = endswith(text, "im") ? 2 : endswith(text, 'i') || endswith(text, 'j') ? 1 : 0
    n = length(text) - unit
    # Where the imaginary part begins: at the last sign that is not one of an exponent.
    k = unit == 0 ? n : n - 1
    while unit > 0 && k > 0 && !(__item(text, k) in "+-" && !(__item(text, k - 1) in "eE"))
        k -= 1
    end
    re = k == 0 ? zero(T) : tryparse(T, Intrinsics.str_slice(text, 0, k))
    im = unit == 0 ? zero(T) : tryparse(T, Intrinsics.str_slice(text, max(k, 0), n))
    re === nothing || im === nothing ? nothing : Complex{T}(re, im)
end
function tryparse(::Type{Rational{T}}, s::__Text; base::Integer=10) where {T<:Integer}
    parts = split(s, "//")
    length(parts) > 2 && return nothing
    above = tryparse(T, parts[1]; base=base)
    below = length(parts) == 1 ? one(T) : tryparse(T, parts[2]; base=base)
    above === nothing || below === nothing ? nothing : above // below
end
tryparse(::Type{Bool}, s::__Text; base::Integer=10) = (t = strip(s); t in ("true", "1") ? true : t in ("false", "0") ? false : nothing)
function __tryparse_base(::Type{T}, s, base) where {T}
    isempty(s) && return nothing
    n, sign = 0, 1
    for k in 0:length(s)-1
        c = lowercase(__item(s, k))
        if k == 0 && (c == '-' || c == '+') && length(s) > 1
            sign = c == '-' ? -1 : 1
        else
            d = isdigit(c) ? c - '0' : 'a' <= c && c <= 'z' ? c - 'a' + 10 : 99
            d < base || return nothing
            n = n * base + d
        end
    end
    __in_range(T, sign * n)
end
__in_range(::Type{T}, x) where {T} = typemin(T) <= x <= typemax(T) ? T(x) : nothing
"The character of a digit: beyond 36 the capitals come first."
__digit(d, base) = d < 10 ? '0' + d : base <= 36 ? 'a' + (d - 10) : d < 36 ? 'A' + (d - 10) : 'a' + (d - 36)
"A number in another base."
function string(n::Integer; base::Integer=10, pad::Integer=0)
    base == 10 && pad == 0 && return Intrinsics.any_string(n)
    # Of the least integer there is no absolute value.
    base == 10 && return string(n < 0 ? "-" : "", lpad(lstrip(Intrinsics.any_string(n), '-'), pad, '0'))
    2 <= base <= 62 || throw(DomainError(base, "base must satisfy 2 ≤ abs(base) ≤ 62"))
    m, out = n < 0 ? __raw(n) : -__raw(n), ""
    while m < 0
        out = string(__digit(-rem(m, base), base), out)
        m = div(m, base)
    end
    string(n < 0 ? "-" : "", lpad(isempty(out) && pad == 0 ? "0" : out, pad, '0'))
end
bitstring(n::Unsigned) = string(n; base=2, pad=__bits(typeof(n)))

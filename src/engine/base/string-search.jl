# What is found in a string, and what is made of its pieces.

__find(s::__Text, part::__Text) = Intrinsics.str_find(s, part)
occursin(part::Union{__Text,Char}, s::__Text) = __find(s, string(part)) >= 0
occursin(s::__Text) = Fix2(occursin, s)
contains(s::__Text, part::Union{__Text,Char}) = occursin(part, s)
contains(part::Union{__Text,Char}) = Fix2(contains, part)
startswith(s::__Text, part::__Text) = length(part) <= length(s) && Intrinsics.str_slice(s, 0, length(part)) == part
endswith(s::__Text, part::__Text) = length(part) <= length(s) && Intrinsics.str_slice(s, length(s) - length(part), length(s)) == part
startswith(s::__Text, c::Union{Char,Tuple,AbstractSet,AbstractVector{Char}}) = !isempty(s) && __is_among(c, first(s))
endswith(s::__Text, c::Union{Char,Tuple,AbstractSet,AbstractVector{Char}}) = !isempty(s) && __is_among(c, last(s))
startswith(part::Union{__Text,Char}) = Fix2(startswith, part)
endswith(part::Union{__Text,Char}) = Fix2(endswith, part)
"Whether a character is the one, one of those, or one for which the predicate holds."
__is_among(c::Char, x) = c == x
__is_among(p::Function, x) = p(x)
__is_among(set, x) = x in set
const __CharSet = Union{Char,Function,Tuple{Vararg{Char}},AbstractVector{Char},AbstractSet{Char}}

"0-based places, by character, where `what` stands from `from` on without overlap, each with how many characters it has."
function __places(s::__Text, what::__Text, from=0)
    out = Tuple{Int64,Int64}[]
    n, m = length(s), length(what)
    k = from
    while k <= n
        at = Intrinsics.str_find_from(s, what, k)
        at < 0 && break
        push!(out, (at, m))
        k = at + max(m, 1)
    end
    out
end
"Likewise, with those that overlap."
__overlapping(s::__Text, what::__Text) = [(k, length(what)) for k in 0:length(s)-length(what) if Intrinsics.str_slice(s, k, k + length(what)) == what]
function __places(s::__Text, what::__CharSet, from=0)
    out = Tuple{Int64,Int64}[]
    k = 0
    for c in s
        k >= from && __is_among(what, c) && push!(out, (k, 1))
        k += 1
    end
    out
end
function __as_index(s, place, ::__Text)
    from = __byte_index(s, place[1])
    from:(place[2] == 0 ? from - 1 : __byte_index(s, place[1] + place[2] - 1))
end
__as_index(s, place, ::__CharSet) = __byte_index(s, place[1])
findall(what::Union{__Text,Char}, s::__Text; overlap::Bool=false) = map(p -> __as_index(s, p, what), overlap && what isa __Text ? __overlapping(s, what) : __places(s, what))
findall(p::Function, s::__Text) = map(q -> __as_index(s, q, p), __places(s, p))
"The first place from a character on; nothing if there is none."
function __next_place(s::__Text, what::__Text, from)
    at = from > length(s) ? -1 : Intrinsics.str_find_from(s, what, from)
    at < 0 ? nothing : __as_index(s, (at, length(what)), what)
end
function __next_place(s::__Text, what::__CharSet, from)
    for k in from:length(s)-1
        __is_among(what, __item(s, k)) && return __byte_index(s, k)
    end
    nothing
end
findfirst(what::Union{__Text,Char}, s::__Text) = __next_place(s, what, 0)
findfirst(p::Function, s::__Text) = __next_place(s, p, 0)
findlast(what::Union{__Text,Char}, s::__Text) = (q = __places(s, what); __nth_place(s, what, q, length(q)))
findlast(p::Function, s::__Text) = (q = __places(s, p); __nth_place(s, p, q, length(q)))
findnext(what::Union{__Text,Char}, s::__Text, i::Integer) = __next_place(s, what, __character_from(s, i))
findnext(p::Function, s::__Text, i::Integer) = __next_place(s, p, __character_from(s, i))
function findprev(what::Union{__Text,Char}, s::__Text, i::Integer)
    q = filter(place -> last(__as_index(s, place, what)) <= i, __places(s, what))
    __nth_place(s, what, q, length(q))
end
function findprev(p::Function, s::__Text, i::Integer)
    q = filter(place -> __as_index(s, place, p) <= i, __places(s, p))
    __nth_place(s, p, q, length(q))
end
__nth_place(s, what, places, k) = 1 <= k <= length(places) ? __as_index(s, places[k], what) : nothing
__character_from(s, i) = i > ncodeunits(s) ? length(s) : __character(s, __raw(i))
count(what::Union{__Text,Char}, s::__Text; overlap::Bool=false) = length(overlap && what isa __Text ? __overlapping(s, what) : __places(s, what))

"The pieces of `s` between separators."
split(s::__Text, sep::Union{__Text,__CharSet}; limit::Integer=0, keepempty::Bool=true) = __split(s, sep, limit, keepempty)
split(s::__Text; limit::Integer=0, keepempty::Bool=false) = __split(s, isspace, limit, keepempty)
eachsplit(s::__Text, sep=isspace; limit::Integer=0, keepempty::Bool=sep !== isspace) = __split(s, sep, limit, keepempty)
function __split(s::__Text, sep, limit, keepempty)
    sep isa __Text && isempty(sep) && return [__part(s, k, k + 1) for k in 0:length(s)-1]
    out = SubString{String}[]
    at = 0
    for (k, m) in __places(s, sep)
        limit != 0 && length(out) == limit - 1 && break
        (keepempty || k > at) && push!(out, __part(s, at, k))
        at = k + m
    end
    (keepempty || at < length(s)) && push!(out, __part(s, at, length(s)))
    out
end
"The pieces from the right on, as they are asked for."
function eachrsplit(s::__Text, sep=isspace; limit::Integer=0, keepempty::Bool=sep !== isspace)
    reverse(rsplit(s, sep; limit=limit, keepempty=keepempty))
end
"As `split`, counting the limit from the right."
function rsplit(s::__Text, sep::Union{__Text,__CharSet}=isspace; limit::Integer=0, keepempty::Bool=sep !== isspace)
    pieces = __split(s, sep, 0, keepempty)
    (limit == 0 || length(pieces) <= limit) && return pieces
    places = __places(s, sep)
    cut = places[length(places) - limit + 2]
    vcat([__part(s, 0, cut[1])], pieces[length(pieces)-limit+2:length(pieces)])
end
"The items as text with `sep` between them."
join(itr, sep="", last=sep) = __join(itr, sep, last)
join(io::IO, itr, sep="", last=sep) = print(io, join(itr, sep, last))
join(t::Tuple, sep="", last=sep) = __join_tuple(sep, last, t...)
function __join(itr, sep, last)
    out, held, k = "", "", 0
    # The newest item is held back, for the last separator is another.
    for x in itr
        out = k == 0 ? "" : k == 1 ? held : string(out, sep, held)
        held = string(x)
        k += 1
    end
    k <= 1 ? held : string(out, last, held)
end
__join_tuple(sep, last) = ""
__join_tuple(sep, last, x) = string(x)
__join_tuple(sep, last, x, y) = string(x, last, y)
__join_tuple(sep, last, x, rest...) = string(x, sep, __join_tuple(sep, last, rest...))

"The text with each `old` replaced by `new`; of several pairs the first that fits at a place counts."
replace(s::__Text, pairs::Pair...; count::Integer=-1) = __replace_pairs(s, pairs, count)
function __replace_pairs(s, pairs::Tuple, count)
    out = ""
    k, n, done = 0, length(s), 0
    while k <= n
        new, m = done == count ? ("", -1) : __replacement(s, k, pairs)
        if m >= 0
            out = string(out, new)
            done += 1
        end
        # What is empty stands before a character, which stays.
        m <= 0 && k < n && (out = string(out, __item(s, k)))
        k += max(m, 1)
    end
    out
end
"What stands at character `k` instead, and how many characters it takes the place of, or -1."
__replacement(s, k, ::Tuple{}) = ("", -1)
function __replacement(s, k, pairs::Tuple)
    p = __tuple_get(pairs, 1)
    m = __matches_at(s, k, p.first)
    m >= 0 ? (__replaced_text(p.second, p.first isa Function ? __item(s, k) : __part(s, k, k + m)), m) : __replacement(s, k, tail(pairs))
end
__replaced_text(new, old) = string(new)
__replaced_text(f::Function, old) = string(f(old))
__matches_at(s, k, what::__Text) = k + length(what) <= length(s) && Intrinsics.str_slice(s, k, k + length(what)) == what ? length(what) : -1
__matches_at(s, k, what) = k < length(s) && __is_among(what, __item(s, k)) ? 1 : -1

"The text without what stands at its ends, by default white space."
strip(s::__Text, chars::__CharSet=isspace) = lstrip(rstrip(s, chars), chars)
strip(p::Function, s::__Text) = strip(s, p)
lstrip(p::Function, s::__Text) = lstrip(s, p)
rstrip(p::Function, s::__Text) = rstrip(s, p)
function lstrip(s::__Text, chars::__CharSet=isspace)
    k = 0
    while k < length(s) && __is_among(chars, __item(s, k))
        k += 1
    end
    __part(s, k, length(s))
end
function rstrip(s::__Text, chars::__CharSet=isspace)
    k = length(s)
    while k > 0 && __is_among(chars, __item(s, k - 1))
        k -= 1
    end
    __part(s, 0, k)
end
chopprefix(s::__Text, part::__Text) = __part(s, startswith(s, part) ? length(part) : 0, length(s))
chopsuffix(s::__Text, part::__Text) = __part(s, 0, endswith(s, part) ? length(s) - length(part) : length(s))
map(f, s::__Text) = join(map(c -> __mapped_char(f(c)), collect(s)))
__mapped_char(c::AbstractChar) = c
__mapped_char(x) = __argument_error("map(f, s::AbstractString) requires f to return AbstractChar; try map(f, collect(s)) or a comprehension instead")
filter(p, s::__Text) = join(filter(p, collect(s)))
getindex(s::__Text, indices::AbstractVector{<:Integer}) = join(map(i -> s[i], indices))
titlecase(c::Char) = uppercase(c)
function titlecase(s::__Text; strict::Bool=true)
    out, starts = "", true
    for c in s
        out = string(out, starts ? uppercase(c) : strict ? lowercase(c) : c)
        starts = !isletter(c)
    end
    out
end
"With escapes for what cannot be seen, and a backslash before those in `esc`."
function escape_string(io::IO, s::AbstractString, esc=(); keep=())
    cs = collect(s)
    for (k, c) in enumerate(cs)
        next = k < length(cs) ? cs[k + 1] : ' '
        write(io, c in keep ? string(c) : c in esc ? string('\\', c) : __escaped(c, next))
    end
end
escape_string(s::AbstractString, esc=('"',); keep=()) = sprint(io -> escape_string(io, s, esc; keep))
const __letter_escapes = ('\a' => 'a', '\b' => 'b', '\t' => 't', '\n' => 'n', '\v' => 'v', '\f' => 'f', '\r' => 'r', '\e' => 'e', '\\' => '\\')
"A character as it stands in a string before `next`, which must not be taken for a part of its number."
function __escaped(c::Char, next::Char)
    for (char, letter) in __letter_escapes
        c == char && return string('\\', letter)
    end
    c == '\0' && return next in "01234567" ? "\\x00" : "\\0"
    isprint(c) && return string(c)
    n = UInt32(c)
    short, whole = n < 0x80 ? ('x', 2) : n < 0x10000 ? ('u', 4) : ('U', 8)
    string('\\', short, string(n; base=16, pad=isxdigit(next) ? whole : n < 0x80 ? 2 : 1))
end
"The text of what `escape_string` made, or of a literal."
function unescape_string(io::IO, s::AbstractString, keep=())
    cs = collect(s)
    k = 1
    while k <= length(cs)
        c = cs[k]
        k += 1
        if c != '\\' || k > length(cs)
            write(io, string(c))
            continue
        end
        c = cs[k]
        k += 1
        if c in keep
            write(io, string('\\', c))
        elseif c in "xuU" || c in "01234567"
            base, most = c == 'x' ? (16, 2) : c == 'u' ? (16, 4) : c == 'U' ? (16, 8) : (8, 3)
            base == 8 && (k -= 1)
            from = k
            while k <= length(cs) && k - from < most && (base == 16 ? isxdigit(cs[k]) : cs[k] in "01234567")
                k += 1
            end
            k == from && __argument_error("invalid \\", c, " escape sequence")
            write(io, string(Char(parse(Int64, join(cs[from:k-1]); base=base))))
        else
            at = findfirst(p -> p.second == c, __letter_escapes)
            at === nothing && !(c in "\"'\$`") && __argument_error("invalid escape sequence \\", c)
            write(io, string(at === nothing ? c : __letter_escapes[at].first))
        end
    end
end
unescape_string(s::AbstractString, keep=()) = sprint(io -> unescape_string(io, s, keep))

# Bytes of UTF-8.
"The bytes of `s`."
function codeunits(s::__Text)
    out = UInt8[]
    for c in s
        __push_bytes!(out, __raw(c))
    end
    out
end
codeunit(s::__Text) = UInt8
codeunit(s::__Text, i::Integer) = codeunits(s)[i]
Array{UInt8,1}(s::__Text) = Array{UInt8,1}(collect(codeunits(s)))
Array{UInt8}(s::__Text) = Array{UInt8,1}(s)
"The text in another encoding."
transcode(::Type{String}, bytes::AbstractVector{UInt8}) = String(copy(bytes))
transcode(::Type{String}, s::__Text) = String(s)
transcode(::Type{UInt8}, s::__Text) = Array{UInt8,1}(s)
function __push_bytes!(out, n::Int64)
    if n < 128
        push!(out, UInt8(n))
    elseif n < 2048
        push!(out, UInt8(192 + n >> 6), UInt8(128 + n & 63))
    elseif n < 65536
        push!(out, UInt8(224 + n >> 12), UInt8(128 + (n >> 6) & 63), UInt8(128 + n & 63))
    else
        push!(out, UInt8(240 + n >> 18), UInt8(128 + (n >> 12) & 63), UInt8(128 + (n >> 6) & 63), UInt8(128 + n & 63))
    end
end
"The text that bytes stand for. A string here is a row of characters, so bytes that are none cannot be kept."
function String(bytes::AbstractVector{UInt8})
    isvalid(String, bytes) || throw(__OutsideSubset("A text of bytes that are not UTF-8"))
    out, k = "", 1
    while k <= length(bytes)
        b = Int64(bytes[k])
        more = b < 192 ? 0 : b < 224 ? 1 : b < 240 ? 2 : 3
        n = more == 0 ? b : b & (1 << (6 - more) - 1)
        for j in 1:more
            n = (n << 6) + (Int64(bytes[k + j]) & 63)
        end
        out = string(out, Char(n))
        k += more + 1
    end
    out
end
"A vector gives its bytes away: it is empty then."
function String(bytes::Vector{UInt8})
    text = invoke(String, Tuple{AbstractVector{UInt8}}, bytes)
    empty!(bytes)
    text
end
"The bytes that a text in base 16 stands for."
function hex2bytes(s::AbstractString)
    isodd(length(s)) && __argument_error("length of iterable must be even")
    [parse(UInt8, s[k:k+1]; base=16) for k in 1:2:length(s)]
end
bytes2hex(bytes::AbstractVector{UInt8}) = join(map(b -> string(b; base=16, pad=2), bytes))
isvalid(s::__Text) = true
"Are the bytes text in UTF-8, without surrogates and in the shortest form?"
function isvalid(::Type{String}, bytes::AbstractVector{UInt8})
    k = 1
    while k <= length(bytes)
        b = bytes[k]
        b < 0x80 && (k += 1; continue)
        more = b < 0xc2 ? -1 : b < 0xe0 ? 1 : b < 0xf0 ? 2 : b < 0xf5 ? 3 : -1
        0 <= more <= length(bytes) - k || return false
        all(c -> c & 0xc0 == 0x80, bytes[k+1:k+more]) || return false
        low = b == 0xe0 ? 0xa0 : b == 0xf0 ? 0x90 : 0x80
        high = b == 0xed ? 0x9f : b == 0xf4 ? 0x8f : 0xbf
        low <= bytes[k+1] <= high || return false
        k += more + 1
    end
    true
end
isvalid(c::Char) = true
isvalid(::Type{Char}, c::Union{Integer,Char}) = c isa Char || 0 <= c <= 0xd7ff || 0xe000 <= c <= 0x10ffff
isvalid(s::__Text, i::Integer) = 1 <= i <= ncodeunits(s) && i in eachindex(s)
"How many columns of a terminal: two for what East Asian scripts and pictures take, none for marks that stand on another character."
textwidth(s::__Text) = sum(textwidth, s; init=0)
function textwidth(c::Char)
    n = __raw(c)
    n < 0x300 && return iscntrl(c) || n == 0xad ? 0 : 1
    Intrinsics.char_is(n, 6) ? 0 : Intrinsics.char_is(n, 8) ? 2 : 1
end
"A name that needs no `var\"…\"`."
function isidentifier(s::Union{__Text,Symbol})
    name = string(s)
    !(name in ("", "true", "false")) && __begins_name(first(name)) && all(c -> __begins_name(c) || isnumeric(c) || c in "!′″‴⁗" || Intrinsics.char_is(__raw(c), 6), name)
end
__begins_name(c) = Intrinsics.char_is(__raw(c), 7)
ascii(s::__Text) = isascii(s) ? s : __argument_error("invalid ASCII at index ", findfirst(!isascii, s), " in ", repr(s))
iscntrl(c::Char) = __raw(c) < 32 || (127 <= __raw(c) && __raw(c) < 160)
isxdigit(c::Char) = isdigit(c) || ('a' <= c && c <= 'f') || ('A' <= c && c <= 'F')
isprint(c::Char) = !iscntrl(c)

# Regular expressions. The engine translates Julia's, which are PCRE's, for JavaScript, and refuses what it cannot say.

"A pattern of text, `r\"…\"`."
struct Regex
    pattern::String
    flags::String
    source::String
    "The flags with those that the pattern starts with."
    modes::String
end
function Regex(pattern::__Text, flags::__Text="")
    rest, modes = __leading_modes(pattern, flags)
    Regex(pattern, flags, __translated(pattern, Intrinsics.str_pattern(rest, modes)), modes)
end
"`(?i)` at the start of a pattern holds for all of it."
function __leading_modes(pattern, flags)
    startswith(pattern, "(?") || return pattern, flags
    last = __find(pattern, ")")
    letters = last < 0 ? "" : Intrinsics.str_slice(pattern, 2, last)
    letters == "" || !all(c -> c in "imsx", letters) ? (pattern, flags) :
        (Intrinsics.str_slice(pattern, last + 1, length(pattern)), string(flags, filter(c -> !(c in flags), letters)))
end
Regex(r::Regex) = r
function __translated(pattern, source)
    startswith(source, '!') && throw(__OutsideSubset(string("In a regular expression, ", chop(source; head=1, tail=0))))
    startswith(source, '?') && error("PCRE compilation error: ", chop(source; head=1, tail=0), " in ", repr(pattern))
    source
end
show(io::IO, r::Regex) = print(io, "r\"", replace(r.pattern, "\"" => "\\\""), "\"", r.flags)
==(a::Regex, b::Regex) = a.pattern == b.pattern && a.flags == b.flags
*(a::Regex, b::Regex) = Regex(string("(?:", a.pattern, ")(?:", b.pattern, ")"), a.flags)
"What replaces a match, with `\\\\1` for a group: `s\"…\"`."
struct SubstitutionString
    string::String
end
show(io::IO, s::SubstitutionString) = print(io, "s\"", s.string, "\"")

"What a pattern matched: `match`, `captures`, `offset`, `offsets`; groups by number or name."
struct RegexMatch
    match::SubString{String}
    captures::Vector{Union{Nothing,SubString{String}}}
    offset::Int64
    offsets::Vector{Int64}
    regex::Regex
    names::Vector{String}
end
length(m::RegexMatch) = length(m.captures)
eltype(::Type{RegexMatch}) = Union{Nothing,SubString{String}}
getindex(m::RegexMatch, i::Integer) = m.captures[i]
getindex(m::RegexMatch, name::Union{__Text,Symbol}) = m.captures[__group(m, string(name))]
__group(m, name) = something(findfirst(==(name), m.names), __no_group(m, name))
__no_group(m, name) = name in m.names ? 0 : throw(ArgumentError("no capture group named $name found in regex"))
haskey(m::RegexMatch, i::Integer) = 1 <= i <= length(m)
haskey(m::RegexMatch, name::Union{__Text,Symbol}) = string(name) in m.names
keys(m::RegexMatch) = [isempty(n) ? k : n for (k, n) in enumerate(m.names)]
values(m::RegexMatch) = m.captures
iterate(m::RegexMatch, state=1) = state > length(m.captures) ? nothing : (m.captures[state], state + 1)
function show(io::IO, m::RegexMatch)
    print(io, "RegexMatch(", repr(m.match))
    for k in 1:length(m.captures)
        print(io, ", ", isempty(m.names[k]) ? string(k) : m.names[k], "=", repr(m.captures[k]))
    end
    print(io, ")")
end

"Places of the match from character `from` on and of its groups, by 0-based character; empty without one."
function __match_places(r::Regex, s::__Text, from)
    found = Intrinsics.str_match(r.source, r.modes, s, from)
    isempty(found) ? Int64[] : map(t -> parse(Int64, t), split(found, ','))
end
function __match_at(r::Regex, s::__Text, places::Vector{Int64})
    captures = Union{Nothing,SubString{String}}[]
    offsets = Int64[]
    for k in 2:div(length(places), 2)
        a, b = places[2k-1], places[2k]
        push!(captures, a < 0 ? nothing : __part(s, a, b))
        push!(offsets, a < 0 ? 0 : __byte_index(s, a))
    end
    names = isempty(captures) ? String[] : map(String, split(Intrinsics.str_groups(r.source), ','; keepempty=true))
    RegexMatch(__part(s, places[1], places[2]), captures, __byte_index(s, places[1]), offsets, r, names)
end
"The first match of a pattern, from index `i` on; `nothing` without one."
match(r::Regex, s::__Text) = __match_from(r, s, 0)
match(r::Regex, s::__Text, i::Integer) = __match_from(r, s, __character_from(s, i))
function __match_from(r, s, from)
    places = __match_places(r, s, from)
    isempty(places) ? nothing : __match_at(r, s, places)
end
"Places of all matches, one after the other."
function __all_places(r::Regex, s::__Text, overlap=false)
    out = Vector{Int64}[]
    from, n = 0, length(s)
    while from <= n
        places = __match_places(r, s, from)
        isempty(places) && break
        push!(out, places)
        from = overlap || places[2] == places[1] ? places[1] + 1 : places[2]
    end
    out
end
"All matches of a pattern."
eachmatch(r::Regex, s::__Text; overlap::Bool=false) = RegexMatch[__match_at(r, s, places) for places in __all_places(r, s, overlap)]
occursin(r::Regex, s::__Text) = !isempty(__match_places(r, s, 0))
occursin(r::Regex) = Fix2(__occurs_in, r)
__occurs_in(s, r) = occursin(r, s)
^(r::Regex, n::Integer) = Regex(string("(?:", r.pattern, "){", n, "}"), r.flags)
literal_pow(::typeof(^), r::Regex, ::Val{n}) where {n} = r^n
contains(s::__Text, r::Regex) = occursin(r, s)
startswith(s::__Text, r::Regex) = (places = __match_places(r, s, 0); !isempty(places) && places[1] == 0)
startswith(r::Regex) = Fix2(startswith, r)
endswith(r::Regex) = Fix2(endswith, r)
endswith(s::__Text, r::Regex) = any(places -> places[2] == length(s), __all_places(r, s, true))
count(r::Regex, s::__Text; overlap::Bool=false) = length(__all_places(r, s, overlap))
__places(s::__Text, r::Regex, from=0) = [(p[1], p[2] - p[1]) for p in __all_places(r, s) if p[1] >= from]
__as_index(s, place, ::Regex) = __byte_index(s, place[1]):(place[2] == 0 ? __byte_index(s, place[1]) - 1 : __byte_index(s, place[1] + place[2] - 1))
chopprefix(s::__Text, r::Regex) = (m = __matches_at(s, 0, r); __part(s, max(m, 0), length(s)))
function chopsuffix(s::__Text, r::Regex)
    at = findfirst(places -> places[2] == length(s), __all_places(r, s, true))
    __part(s, 0, at === nothing ? length(s) : __all_places(r, s, true)[at][1])
end
findfirst(r::Regex, s::__Text) = findnext(r, s, 1)
function findnext(r::Regex, s::__Text, i::Integer)
    places = __match_places(r, s, __character_from(s, i))
    isempty(places) ? nothing : __as_index(s, (places[1], places[2] - places[1]), r)
end
findall(r::Regex, s::__Text) = map(p -> __as_index(s, p, r), __places(s, r))
function split(s::__Text, r::Regex; limit::Integer=0, keepempty::Bool=true)
    out = SubString{String}[]
    at = 0
    for (k, m) in __places(s, r)
        limit != 0 && length(out) == limit - 1 && break
        m == 0 && (k == 0 || k == length(s)) && continue
        (keepempty || k > at) && push!(out, __part(s, at, k))
        at = k + m
    end
    (keepempty || at < length(s)) && push!(out, __part(s, at, length(s)))
    out
end

replace(s::__Text, pair::Pair{Regex}; count::Integer=-1) = __replace_matches(s, pair.first, pair.second, count)
function __replace_matches(s, r, new, count)
    out, at, done = "", 0, 0
    for places in __all_places(r, s)
        done == count && break
        out = string(out, Intrinsics.str_slice(s, at, places[1]), __substituted(new, r, s, places))
        at = places[2]
        done += 1
    end
    string(out, Intrinsics.str_slice(s, at, length(s)))
end
__substituted(new, r, s, places) = __replaced_text(new, __part(s, places[1], places[2]))
function __substituted(new::SubstitutionString, r, s, places)
    m = __match_at(r, s, places)
    out, k, text = "", 0, new.string
    while k < length(text)
        c = __item(text, k)
        k += 1
        if c != '\\' || k == length(text)
            out = string(out, c)
            continue
        end
        c = __item(text, k)
        k += 1
        if isdigit(c)
            n = c - '0'
            while k < length(text) && isdigit(__item(text, k)) && n != 0
                n = 10n + (__item(text, k) - '0')
                k += 1
            end
            out = string(out, n == 0 ? m.match : something(m.captures[n], ""))
        elseif c == 'g' && k < length(text) && __item(text, k) == '<'
            close = k + Intrinsics.str_find(Intrinsics.str_slice(text, k, length(text)), ">")
            name = Intrinsics.str_slice(text, k + 1, close)
            out = string(out, all(isdigit, name) ? (name == "0" ? m.match : something(m[parse(Int64, name)], "")) : something(m[name], ""))
            k = close + 1
        else
            out = string(out, c)
        end
    end
    out
end
"Of several pairs with a pattern among them: at each place the first that fits."
function __matches_at(s, k, r::Regex)
    places = __match_places(r, s, k)
    isempty(places) || places[1] != k ? -1 : places[2] - k
end

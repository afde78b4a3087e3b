# Dates: the clock, and dates as text, read and written.
module Dates

# ---- Now, and the time of other clocks
datetime2unix(t::DateTime) = (t.instant.value - 62135683200000) / 1000
unix2datetime(x::Real) = DateTime(Millisecond(62135683200000 + trunc(Int64, 1000x)), nothing)
datetime2rata(t::TimeType) = value(Date(t).instant)
rata2datetime(days::Integer) = DateTime(Millisecond(86400000 * days), nothing)
datetime2julian(t::DateTime) = (t.instant.value + 148731076800000) / 86400000
julian2datetime(days::Real) = DateTime(Millisecond(round(Int64, 86400000 * days) - 148731076800000), nothing)
now() = unix2datetime(time())
now(::Type{UTC}) = now()
today() = Date(now())

# ---- Text
two(n) = lpad(n, 2, '0')
iso(d::Date) = ((y, m, k) = yearmonthday(d); string(lpad(y, 4, '0'), "-", two(m), "-", two(k)))
"Three digits of a moment, as many as there are of a time of the day."
fraction(t::DateTime) = millisecond(t) == 0 ? "" : string(".", lpad(millisecond(t), 3, '0'))
fraction(t::Time) = (n = mod(t.instant.value, 1000000000); n == 0 ? "" : string(".", rstrip(lpad(n, 9, '0'), '0')))
iso(t::DateTime) = string(iso(Date(t)), "T", two(hour(t)), ":", two(minute(t)), ":", two(second(t)), fraction(t))
iso(t::Time) = string(two(hour(t)), ":", two(minute(t)), ":", two(second(t)), fraction(t))
Base.string(t::TimeType) = iso(t)
Base.print(io::IO, t::TimeType) = print(io, iso(t))
Base.show(io::IO, t::Date) = print(io, "Date(\"", iso(t), "\")")
Base.show(io::IO, t::DateTime) = print(io, "DateTime(\"", iso(t), "\")")
Base.show(io::IO, t::Time) = print(io, "Time(\"", iso(t), "\")")
Base.show(io::IO, ::MIME"text/plain", t::TimeType) = print(io, iso(t))
"A format: letters stand for parts of the date, as many as it has digits."
struct DateFormat
    text::String
end
const ISODateTimeFormat = DateFormat("yyyy-mm-dd\\THH:MM:SS.s")
const ISODateFormat = DateFormat("yyyy-mm-dd")
const ISOTimeFormat = DateFormat("HH:MM:SS.s")
const RFC1123Format = DateFormat("e, dd u yyyy HH:MM:SS")
Base.show(io::IO, f::DateFormat) = print(io, "dateformat\"", f.text, "\"")
"The parts of a format: a letter and how often it stands, or text."
function parts_of(text)
    out = Tuple{Char,Int64,String}[]
    cs = collect(text)
    k = 1
    while k <= length(cs)
        c = cs[k]
        if c == '\\' && k < length(cs)
            push!(out, (' ', 0, string(cs[k+1])))
            k += 2
        elseif c in "yYmuUdHIMSsepE"
            n = 1
            while k + n <= length(cs) && cs[k+n] == c
                n += 1
            end
            push!(out, (c, n, ""))
            k += n
        else
            push!(out, (' ', 0, string(c)))
            k += 1
        end
    end
    out
end
format(t::TimeType, f::DateFormat) = format(t, f.text)
format(t::TimeType) = iso(t)
format(t::TimeType, text::AbstractString) = join(part_text(t, p) for p in parts_of(text))
function part_text(t, (c, n, text))
    n == 0 ? text :
    c == 'y' || c == 'Y' ? (s = lpad(year(t), n, '0'); n < 4 && length(s) > n ? last(s, n) : s) :
    c == 'm' ? lpad(month(t), n, '0') :
    c == 'u' ? monthabbr(t) :
    c == 'U' ? monthname(t) :
    c == 'd' ? lpad(day(t), n, '0') :
    c == 'e' ? dayabbr(t) :
    c == 'E' ? dayname(t) :
    c == 'H' ? lpad(hour(t), n, '0') :
    c == 'I' ? lpad(mod1(hour(t), 12), n, '0') :
    c == 'M' ? lpad(minute(t), n, '0') :
    c == 'S' ? lpad(second(t), n, '0') :
    c == 'p' ? (hour(t) < 12 ? "AM" : "PM") : rpad(first(lpad(millisecond(t), 3, '0'), max(n, millisecond(t) % 10 != 0 ? 3 : millisecond(t) % 100 != 0 ? 2 : 1)), n, '0')
end
"Reads the parts of a text: year, month, day, hour, minute, second, millisecond."
function read_parts(text, f)
    found = Dict('y' => 1, 'm' => 1, 'd' => 1, 'H' => 0, 'M' => 0, 'S' => 0, 's' => 0)
    cs = collect(text)
    at = 1
    afternoon = 0
    wrong() = throw(ArgumentError("Unable to parse date time. Expected directive $(f) at char $at"))
    parts = parts_of(f)
    for (k, (c, n, literal)) in enumerate(parts)
        at > length(cs) && break
        if n == 0
            string(cs[at]) == literal || wrong()
            at += 1
        elseif c in "uUeE"
            from = at
            while at <= length(cs) && isletter(cs[at])
                at += 1
            end
            name = lowercase(String(cs[from:at-1]))
            names = c in "uU" ? MONTHS : WEEKDAYS
            i = findfirst(m -> lowercase(m) == name || lowercase(first(m, 3)) == name, collect(names))
            i === nothing && wrong()
            c in "uU" && (found['m'] = i)
        elseif c == 'p'
            afternoon = uppercase(cs[at]) == 'P' ? 12 : 0
            at += 2
        else
            from = at
            # Followed by another number, a part has just its digits.
            most = k < length(parts) && parts[k+1][2] > 0 ? n : c == 's' ? 3 : typemax(Int64)
            while at <= length(cs) && isdigit(cs[at]) && at - from < most
                at += 1
            end
            at == from && wrong()
            v = parse(Int64, String(cs[from:at-1]))
            c == 's' && (v *= 10^(3 - (at - from)))
            found[c == 'Y' ? 'y' : c == 'I' ? 'H' : c] = v
        end
    end
    at <= length(cs) && throw(ArgumentError("Unable to parse date time. Found extra characters at the end of date time string"))
    afternoon > 0 && found['H'] < 12 && (found['H'] += 12)
    (found['y'], found['m'], found['d'], found['H'], found['M'], found['S'], found['s'])
end
Date(text::AbstractString, f::AbstractString="yyyy-mm-dd"; locale="english") = Date(read_parts(text, f)[1:3]...)
Date(text::AbstractString, f::DateFormat) = Date(text, f.text)
DateTime(text::AbstractString, f::AbstractString="yyyy-mm-dd\\THH:MM:SS.s"; locale="english") = DateTime(read_parts(text, f)...)
DateTime(text::AbstractString, f::DateFormat) = DateTime(text, f.text)
Time(text::AbstractString, f::AbstractString="HH:MM:SS.s") = Time(read_parts(text, f)[4:7]...)
Base.parse(::Type{Date}, text::Union{String,SubString{String}}) = Date(text)
Base.parse(::Type{DateTime}, text::Union{String,SubString{String}}) = DateTime(text)
Base.parse(::Type{Time}, text::Union{String,SubString{String}}) = Time(text)
Base.parse(::Type{T}, text::AbstractString, f::DateFormat) where {T<:TimeType} = T(text, f.text)
function Base.tryparse(::Type{T}, text::AbstractString, f::DateFormat=DateFormat(T === Date ? "yyyy-mm-dd" : "yyyy-mm-dd\\THH:MM:SS.s")) where {T<:TimeType}
    try
        T(text, f.text)
    catch
        nothing
    end
end
end

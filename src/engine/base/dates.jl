# Dates: days and times of the calendar, and the periods between them.
module Dates
export Period, DatePeriod, TimePeriod, Year, Quarter, Month, Week, Day, Hour, Minute, Second, Millisecond, Microsecond, Nanosecond, TimeZone, UTC, TimeType, DateTime,
    Date, Time, year, quarter, month, week, day, hour, minute, second, millisecond, microsecond, nanosecond, dayofmonth, dayofweek, isleapyear, daysinmonth,
    daysinyear, dayname, dayabbr, dayofyear, dayofweekofmonth, monthday, yearmonth, yearmonthday, monthname, monthabbr, now, today, firstdayofweek, lastdayofweek,
    firstdayofmonth, lastdayofmonth, firstdayofyear, lastdayofyear, tonext, toprev, DateFormat, datetime2unix, unix2datetime, Monday, Tuesday,
    Wednesday, Thursday, Friday, Saturday, Sunday, January, February, March, April, May, June, July, August, September, October, November, December, canonicalize,
    AbstractDateTime, quarterofyear, dayofquarter, daysofweekinmonth, firstdayofquarter, lastdayofquarter, datetime2julian, julian2datetime, datetime2rata, rata2datetime

# ---- Periods
abstract type AbstractTime end
abstract type Period <: AbstractTime end
abstract type DatePeriod <: Period end
abstract type TimePeriod <: Period end
struct Year <: DatePeriod
    value::Int64
end
struct Quarter <: DatePeriod
    value::Int64
end
struct Month <: DatePeriod
    value::Int64
end
struct Week <: DatePeriod
    value::Int64
end
struct Day <: DatePeriod
    value::Int64
end
struct Hour <: TimePeriod
    value::Int64
end
struct Minute <: TimePeriod
    value::Int64
end
struct Second <: TimePeriod
    value::Int64
end
struct Millisecond <: TimePeriod
    value::Int64
end
struct Microsecond <: TimePeriod
    value::Int64
end
struct Nanosecond <: TimePeriod
    value::Int64
end
const Fixed = Union{Week,Day,Hour,Minute,Second,Millisecond}
"How many there are of the period; milliseconds of the fixed ones, months of the others."
value(p::Period) = p.value
"How many days they are; of months and years on average."
days(p::Millisecond) = div(value(p), 86400000)
days(p::Second) = div(value(p), 86400)
days(p::Minute) = div(value(p), 1440)
days(p::Hour) = div(value(p), 24)
days(p::Day) = value(p)
days(p::Week) = 7 * value(p)
days(p::Month) = 30.436875 * value(p)
days(p::Quarter) = 91.310625 * value(p)
days(p::Year) = 365.2425 * value(p)
const unit_ms = (Week=604800000, Day=86400000, Hour=3600000, Minute=60000, Second=1000, Millisecond=1)
ms(::Week) = 604800000
ms(::Day) = 86400000
ms(::Hour) = 3600000
ms(::Minute) = 60000
ms(::Second) = 1000
ms(::Millisecond) = 1
toms(p::Fixed) = p.value * ms(p)
toms(p::Microsecond) = p.value / 1000
toms(p::Nanosecond) = p.value / 1000000
unit_name(p::Period) = lowercase(string(nameof(typeof(p))))
Base.string(p::Period) = string(p.value, " ", unit_name(p), abs(p.value) == 1 ? "" : "s")
Base.print(io::IO, p::Period) = print(io, string(p))
Base.show(io::IO, p::Period) = print(io, string(nameof(typeof(p))), "(", p.value, ")")
Base.show(io::IO, ::MIME"text/plain", p::Period) = print(io, string(p))
Base.isless(a::P, b::P) where {P<:Period} = a.value < b.value
Base.isless(a::Fixed, b::Fixed) = toms(a) < toms(b)
Base.:(==)(a::Period, b::Period) = false
Base.:(==)(a::P, b::P) where {P<:Period} = a.value == b.value
Base.:(==)(a::Fixed, b::Fixed) = toms(a) == toms(b)
Base.:(==)(a::Year, b::Month) = 12 * a.value == b.value
Base.:(==)(a::Month, b::Year) = b == a
Base.hash(p::Period, h::UInt64) = hash(p.value, h)
Base.zero(p::P) where {P<:Period} = P(0)
Base.zero(::Type{P}) where {P<:Period} = P(0)
Base.abs(p::P) where {P<:Period} = P(abs(p.value))
Base.sign(p::Period) = sign(p.value)
Base.:-(p::P) where {P<:Period} = P(-p.value)
Base.:+(a::P, b::P) where {P<:Period} = P(a.value + b.value)
Base.:-(a::P, b::P) where {P<:Period} = P(a.value - b.value)
Base.:*(p::P, k::Real) where {P<:Period} = P(Int64(p.value * k))
Base.:*(k::Real, p::Period) = p * k
Base.:/(a::P, b::P) where {P<:Period} = a.value / b.value
Base.:/(a::Fixed, b::Fixed) = toms(a) / toms(b)
Base.:/(p::P, k::Real) where {P<:Period} = P(Int64(p.value / k))
Base.div(a::P, b::P) where {P<:Period} = div(a.value, b.value)
Base.div(p::P, k::Integer) where {P<:Period} = P(div(p.value, k))
Base.rem(a::P, b::P) where {P<:Period} = P(rem(a.value, b.value))
Base.mod(a::P, b::P) where {P<:Period} = P(mod(a.value, b.value))
Base.broadcastable(t::AbstractTime) = Ref(t)
in_units(::Type{P}, p) where {P} = (n = toms(p); d = ms(P(1)); rem(n, d) == 0 ? P(div(n, d)) : throw(InexactError(:convert, P, p)))
Week(p::Fixed) = in_units(Week, p)
Day(p::Fixed) = in_units(Day, p)
Hour(p::Fixed) = in_units(Hour, p)
Minute(p::Fixed) = in_units(Minute, p)
Second(p::Fixed) = in_units(Second, p)
Millisecond(p::Fixed) = in_units(Millisecond, p)
Month(y::Year) = Month(12 * y.value)
Day(n::AbstractFloat) = Day(Int64(n))
Base.convert(::Type{P}, p::Period) where {P<:Period} = P(p)
Base.convert(::Type{P}, p::P) where {P<:Period} = p
Base.round(p::Period, ::Type{P}) where {P<:Period} = P(round(Int64, toms(p) / ms(P(1))))
Base.floor(p::Period, ::Type{P}) where {P<:Period} = P(floor(Int64, toms(p) / ms(P(1))))
Base.ceil(p::Period, ::Type{P}) where {P<:Period} = P(ceil(Int64, toms(p) / ms(P(1))))
"Periods of several kinds together, the longest first."
struct CompoundPeriod <: AbstractTime
    periods::Vector{Period}
end
const ORDER = (:Year, :Quarter, :Month, :Week, :Day, :Hour, :Minute, :Second, :Millisecond, :Microsecond, :Nanosecond)
place(p::Period) = findfirst(==(nameof(typeof(p))), ORDER)
function CompoundPeriod(ps::Period...)
    out = Period[]
    for p in sort(collect(Period, ps); by=place)
        if !isempty(out) && typeof(out[end]) === typeof(p)
            out[end] = out[end] + p
        else
            push!(out, p)
        end
    end
    CompoundPeriod(filter(p -> p.value != 0, out))
end
periods(c::CompoundPeriod) = c.periods
periods(p::Period) = Period[p]
Base.:+(a::Period, b::Period) = CompoundPeriod(a, b)
Base.:-(a::Period, b::Period) = CompoundPeriod(a, -b)
Base.:+(a::CompoundPeriod, b::Union{Period,CompoundPeriod}) = CompoundPeriod(a.periods..., periods(b)...)
Base.:+(a::Period, b::CompoundPeriod) = b + a
Base.:-(a::CompoundPeriod) = CompoundPeriod(map(-, a.periods))
Base.:-(a::CompoundPeriod, b::Union{Period,CompoundPeriod}) = a + (-b)
Base.:(==)(a::CompoundPeriod, b::CompoundPeriod) = canonicalize(a).periods == canonicalize(b).periods
Base.:(==)(a::CompoundPeriod, b::Period) = a == CompoundPeriod(b)
Base.:(==)(a::Period, b::CompoundPeriod) = b == a
toms(c::CompoundPeriod) = sum(toms, c.periods; init=0)
Base.string(c::CompoundPeriod) = isempty(c.periods) ? "empty period" : join(map(string, c.periods), ", ")
Base.print(io::IO, c::CompoundPeriod) = print(io, string(c))
Base.show(io::IO, c::CompoundPeriod) = print(io, string(c))
"The same time in the longest periods that there are in it."
function canonicalize(c::Union{Period,CompoundPeriod})
    kept = Period[]
    rest = 0
    for p in periods(c)
        p isa Fixed ? (rest += toms(p)) : push!(kept, p)
    end
    sign_of = sign(rest)
    rest = abs(rest)
    for (P, d) in ((Week, 604800000), (Day, 86400000), (Hour, 3600000), (Minute, 60000), (Second, 1000), (Millisecond, 1))
        n, rest = divrem(rest, d)
        n > 0 && push!(kept, P(sign_of * n))
    end
    CompoundPeriod(kept...)
end

# ---- Days and moments
abstract type TimeType <: AbstractTime end
"A moment by a calendar."
abstract type AbstractDateTime <: TimeType end
"What a time is said in."
abstract type TimeZone <: AbstractTime end
struct UTC <: TimeZone end
"A day, by its number from that before the first of the year 1."
struct Date <: TimeType
    instant::Day
    Date(d::Day, ::Nothing) = new(d)
end
"A moment, in milliseconds from there."
struct DateTime <: AbstractDateTime
    instant::Millisecond
    DateTime(m::Millisecond, ::Nothing) = new(m)
end
"A time of the day, in nanoseconds."
struct Time <: TimeType
    instant::Nanosecond
    Time(n::Nanosecond, ::Nothing) = new(n)
end
"The number of a day of the calendar of Gregory."
function totaldays(y, m, d)
    z = m < 3 ? y - 1 : y
    k = m < 3 ? m + 12 : m
    d + div(153 * k - 457, 5) + 365z + fld(z, 4) - fld(z, 100) + fld(z, 400) - 306
end
isleapyear(y::Integer) = y % 4 == 0 && (y % 100 != 0 || y % 400 == 0)
isleapyear(t::TimeType) = isleapyear(year(t))
daysinmonth(y::Integer, m::Integer) = m == 2 ? (isleapyear(y) ? 29 : 28) : m in (4, 6, 9, 11) ? 30 : 31
daysinmonth(t::TimeType) = daysinmonth(year(t), month(t))
daysinyear(y::Integer) = isleapyear(y) ? 366 : 365
daysinyear(t::TimeType) = daysinyear(year(t))
function checked(y, m, d)
    1 <= m <= 12 || throw(ArgumentError("Month: $m out of range (1:12)"))
    1 <= d <= daysinmonth(y, m) || throw(ArgumentError("Day: $d out of range (1:$(daysinmonth(y, m)))"))
end
Date(y::Integer, m::Integer=1, d::Integer=1) = (checked(y, m, d); Date(Day(totaldays(y, m, d)), nothing))
function DateTime(y::Integer, m::Integer=1, d::Integer=1, h::Integer=0, mi::Integer=0, s::Integer=0, n::Integer=0)
    checked(y, m, d)
    0 <= h <= 23 || h == 24 && mi == s == n == 0 || throw(ArgumentError("Hour: $h out of range (0:23)"))
    0 <= mi <= 59 || throw(ArgumentError("Minute: $mi out of range (0:59)"))
    0 <= s <= 59 || throw(ArgumentError("Second: $s out of range (0:59)"))
    0 <= n <= 999 || throw(ArgumentError("Millisecond: $n out of range (0:999)"))
    DateTime(Millisecond(n + 1000 * (s + 60 * (mi + 60 * (h + 24 * totaldays(y, m, d))))), nothing)
end
function Time(h::Integer, mi::Integer=0, s::Integer=0, ms::Integer=0, us::Integer=0, ns::Integer=0)
    within(n, last, name) = 0 <= n <= last || throw(ArgumentError("$name: $n out of range (0:$last)"))
    within(h, 23, "Hour")
    within(mi, 59, "Minute")
    within(s, 59, "Second")
    within(ms, 999, "Millisecond")
    within(us, 999, "Microsecond")
    within(ns, 999, "Nanosecond")
    Time(Nanosecond(ns + 1000 * (us + 1000 * (ms + 1000 * (s + 60 * (mi + 60h))))), nothing)
end
Date(y::Year, m::Month=Month(1), d::Day=Day(1)) = Date(y.value, m.value, d.value)
Date(t::DateTime) = Date(Day(days(t)), nothing)
Date(d::Date) = d
DateTime(d::Date) = DateTime(Millisecond(86400000 * d.instant.value), nothing)
DateTime(t::DateTime) = t
DateTime(d::Date, t::Time) = DateTime(d) + Millisecond(div(t.instant.value, 1000000))
Time(t::DateTime) = Time(Nanosecond(1000000 * mod(t.instant.value, 86400000)), nothing)
Base.convert(::Type{DateTime}, d::Date) = DateTime(d)
Base.convert(::Type{Date}, t::DateTime) = Date(t)
days(d::Date) = d.instant.value
days(t::DateTime) = fld(t.instant.value, 86400000)
value(t::TimeType) = t.instant.value
"Year, month and day of a number of a day."
function yearmonthday(n::Integer)
    z = n + 306
    h = 100z - 25
    a = fld(h, 3652425)
    b = a - fld(a, 4)
    y = fld(100b + h, 36525)
    c = b + z - 365y - fld(y, 4)
    m = div(5c + 456, 153)
    d = c - div(153m - 457, 5)
    m > 12 ? (y + 1, m - 12, d) : (y, m, d)
end
yearmonthday(t::TimeType) = yearmonthday(days(t))
yearmonth(t::TimeType) = yearmonthday(t)[1:2]
monthday(t::TimeType) = yearmonthday(t)[2:3]
year(t::TimeType) = yearmonthday(t)[1]
month(t::TimeType) = yearmonthday(t)[2]
day(t::TimeType) = yearmonthday(t)[3]
dayofmonth(t::TimeType) = day(t)
quarter(t::TimeType) = div(month(t) - 1, 3) + 1
quarterofyear(t::TimeType) = quarter(t)
dayofquarter(t::TimeType) = value(Date(t) - firstdayofquarter(Date(t))) + 1
"How often the day of the week of `t` occurs in its month."
daysofweekinmonth(t::TimeType) = div(day(t) - 1, 7) + div(daysinmonth(t) - day(t), 7) + 1
hour(t::DateTime) = mod(fld(t.instant.value, 3600000), 24)
minute(t::DateTime) = mod(fld(t.instant.value, 60000), 60)
second(t::DateTime) = mod(fld(t.instant.value, 1000), 60)
millisecond(t::DateTime) = mod(t.instant.value, 1000)
hour(d::Date) = 0
minute(d::Date) = 0
second(d::Date) = 0
millisecond(d::Date) = 0
hour(t::Time) = fld(t.instant.value, 3600000000000)
minute(t::Time) = mod(fld(t.instant.value, 60000000000), 60)
second(t::Time) = mod(fld(t.instant.value, 1000000000), 60)
millisecond(t::Time) = mod(fld(t.instant.value, 1000000), 1000)
microsecond(t::Time) = mod(fld(t.instant.value, 1000), 1000)
nanosecond(t::Time) = mod(t.instant.value, 1000)
dayofyear(t::TimeType) = days(t) - totaldays(year(t), 1, 1) + 1
dayofweek(t::TimeType) = mod1(days(t), 7)
dayofweekofmonth(t::TimeType) = div(day(t) - 1, 7) + 1
"The week of the year after ISO 8601."
function week(t::TimeType)
    thursday = days(t) - dayofweek(t) + 4
    div(thursday - totaldays(yearmonthday(thursday)[1], 1, 1), 7) + 1
end
const MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")
const WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
monthname(m::Integer) = MONTHS[m]
monthname(t::TimeType) = MONTHS[month(t)]
monthabbr(m::Integer) = first(MONTHS[m], 3)
monthabbr(t::TimeType) = first(monthname(t), 3)
dayname(d::Integer) = WEEKDAYS[d]
dayname(t::TimeType) = WEEKDAYS[dayofweek(t)]
dayabbr(d::Integer) = first(WEEKDAYS[d], 3)
dayabbr(t::TimeType) = first(dayname(t), 3)
const Monday, Tuesday, Wednesday, Thursday, Friday, Saturday, Sunday = 1, 2, 3, 4, 5, 6, 7
const January, February, March, April, May, June = 1, 2, 3, 4, 5, 6
const July, August, September, October, November, December = 7, 8, 9, 10, 11, 12
Year(t::TimeType) = Year(year(t))
Month(t::TimeType) = Month(month(t))
Week(t::TimeType) = Week(week(t))
Day(t::TimeType) = Day(day(t))
Hour(t::TimeType) = Hour(hour(t))
Minute(t::TimeType) = Minute(minute(t))
Second(t::TimeType) = Second(second(t))
Millisecond(t::TimeType) = Millisecond(millisecond(t))
Microsecond(t::Time) = Microsecond(microsecond(t))
Nanosecond(t::Time) = Nanosecond(nanosecond(t))
end

# Dates: arithmetic with periods, ranges, days that are looked for, rounding.
module Dates

Base.:-(a::Date, b::Date) = Day(days(a) - days(b))
Base.:-(a::DateTime, b::DateTime) = Millisecond(a.instant.value - b.instant.value)
Base.:-(a::DateTime, b::Date) = a - DateTime(b)
Base.:-(a::Date, b::DateTime) = DateTime(a) - b
Base.:-(a::Time, b::Time) = Nanosecond(a.instant.value - b.instant.value)
later(d::Date, p::Day) = Date(Day(days(d) + p.value), nothing)
later(d::Date, p::Week) = Date(Day(days(d) + 7 * p.value), nothing)
later(t::DateTime, p::Fixed) = DateTime(Millisecond(t.instant.value + toms(p)), nothing)
later(t::TimeType, p::Year) = later(t, Month(12 * p.value))
later(t::TimeType, p::Quarter) = later(t, Month(3 * p.value))
later(d::Date, p::Month) = ((y, m, k) = months_on(d, p.value); Date(y, m, k))
later(t::DateTime, p::Month) = ((y, m, k) = months_on(t, p.value); DateTime(Date(y, m, k)) + Millisecond(mod(t.instant.value, 86400000)))
later(t::Time, p::TimePeriod) = Time(Nanosecond(mod(t.instant.value + round(Int64, toms(p) * 1000000), 86400000000000)), nothing)
"As many months on, at the last day of the month if it has no such day."
function months_on(t, n)
    y, m, d = yearmonthday(t)
    k = 12y + m - 1 + n
    z, w = fld(k, 12), mod(k, 12) + 1
    (z, w, min(d, daysinmonth(z, w)))
end
Base.:+(t::TimeType, p::Period) = later(t, p)
Base.:+(p::Period, t::TimeType) = later(t, p)
Base.:-(t::TimeType, p::Period) = later(t, -p)
Base.:+(t::TimeType, c::CompoundPeriod) = foldl(later, c.periods; init=t)
Base.:-(t::TimeType, c::CompoundPeriod) = foldl((t, p) -> later(t, -p), c.periods; init=t)
Base.:+(d::Date, t::Time) = DateTime(d, t)
Base.isless(a::T, b::T) where {T<:TimeType} = a.instant.value < b.instant.value
Base.isless(a::Date, b::DateTime) = DateTime(a) < b
Base.isless(a::DateTime, b::Date) = a < DateTime(b)
Base.:(==)(a::T, b::T) where {T<:TimeType} = a.instant.value == b.instant.value
Base.:(==)(a::Date, b::DateTime) = DateTime(a) == b
Base.:(==)(a::DateTime, b::Date) = b == a
Base.hash(t::TimeType, h::UInt64) = hash(t.instant.value, h)
"Days and moments at equal distances."
struct TimeRange{T<:TimeType,P} <: AbstractVector{T}
    start::T
    step::P
    length::Int64
end
(::Colon)(a::Date, p::Union{Period,CompoundPeriod}, b::Date) = stepped(a, p, b)
(::Colon)(a::DateTime, p::Union{Period,CompoundPeriod}, b::DateTime) = stepped(a, p, b)
(::Colon)(a::Date, b::Date) = stepped(a, Day(1), b)
function stepped(a, p, b)
    n = 0
    forward = a + p > a
    while forward ? a + p * n <= b : a + p * n >= b
        n += 1
    end
    TimeRange(a, p, n)
end
Base.size(r::TimeRange) = (r.length,)
Base.IndexStyle(::Type{<:TimeRange}) = IndexLinear()
Base.getindex(r::TimeRange, k::Int64) = 1 <= k <= r.length ? r.start + r.step * (k - 1) : Base.__out_of_bounds(r, k)
Base.step(r::TimeRange) = r.step
Base.range(a::TimeType; step::Period, length::Integer) = TimeRange(a, step, Int64(length))
Base.range(a::TimeType, b::TimeType; step::Period=Day(1)) = stepped(a, step, b)
firstdayofweek(t::TimeType) = t - Day(dayofweek(t) - 1)
lastdayofweek(t::TimeType) = t + Day(7 - dayofweek(t))
firstdayofmonth(t::TimeType) = t - Day(day(t) - 1)
lastdayofmonth(t::TimeType) = t + Day(daysinmonth(t) - day(t))
firstdayofquarter(t::TimeType) = (s = firstdayofmonth(t); s - Month(mod(month(s) - 1, 3)))
lastdayofquarter(t::TimeType) = lastdayofmonth(firstdayofquarter(t) + Month(2))
firstdayofyear(t::TimeType) = t - Day(dayofyear(t) - 1)
lastdayofyear(t::TimeType) = t + Day(daysinyear(t) - dayofyear(t))
tonext(t::TimeType, weekday::Integer; same::Bool=false) = same && dayofweek(t) == weekday ? t : t + Day(mod1(weekday - dayofweek(t), 7))
toprev(t::TimeType, weekday::Integer; same::Bool=false) = same && dayofweek(t) == weekday ? t : t - Day(mod1(dayofweek(t) - weekday, 7))
"The first from `t` on, in steps, for which `f` holds."
function adjust(f, t::TimeType; step::Period=Day(1), limit::Integer=10000)
    for _ in 1:limit
        f(t) && return t
        t += step
    end
    throw(ArgumentError("Adjustment limit reached: $limit iterations"))
end
tonext(f::Function, t::TimeType; step=Day(1)) = (s = t + step; f(s) ? s : tonext(f, s; step))
Base.trunc(t::DateTime, ::Type{Day}) = DateTime(Date(t))
Base.trunc(t::DateTime, ::Type{P}) where {P<:Union{Hour,Minute,Second}} = DateTime(Millisecond(fld(t.instant.value, ms(P(1))) * ms(P(1))), nothing)
Base.trunc(t::TimeType, ::Type{Month}) = typeof(t)(year(t), month(t))
Base.trunc(t::TimeType, ::Type{Year}) = typeof(t)(year(t))
Base.trunc(t::Date, ::Type{Day}) = t
Base.trunc(t::DateTime, ::Type{Millisecond}) = t
Base.trunc(t::TimeType, ::Type{Quarter}) = (s = trunc(t, Month); s - Month(mod(month(s) - 1, 3)))
Base.floor(t::TimeType, ::Type{P}) where {P<:Period} = trunc(t, P)
Base.floor(t::TimeType, ::Type{Week}) = (s = trunc(t, Day); s - Day(dayofweek(s) - 1))
"The beginning of a stretch of several periods, which are counted from the first of January of the year 0, weeks from its first Monday."
Base.floor(t::Date, p::Day) = Date(Day(floored(t.instant.value + 365, p.value) - 365), nothing)
Base.floor(t::Date, p::Week) = Date(Day(floored(t.instant.value + 363, 7 * p.value) - 363), nothing)
Base.floor(t::Date, p::Year) = Date(floored(year(t), p.value))
function Base.floor(t::Date, p::Month)
    k = floored(12 * year(t) + month(t) - 1, p.value)
    Date(fld(k, 12), mod(k, 12) + 1)
end
Base.floor(t::Date, p::Quarter) = floor(t, Month(3 * p.value))
Base.floor(t::DateTime, p::DatePeriod) = DateTime(floor(Date(t), p))
const FROM_YEAR_0 = 31536000000
Base.floor(t::DateTime, p::TimePeriod) = DateTime(Millisecond(floored(t.instant.value + FROM_YEAR_0, toms(p)) - FROM_YEAR_0), nothing)
floored(n, k) = k < 1 ? throw(DomainError(k)) : fld(n, k) * k
Base.ceil(t::TimeType, p::Period) = (s = floor(t, p); s == t ? s : s + p)
Base.ceil(t::TimeType, ::Type{P}) where {P<:Period} = ceil(t, P(1))
Base.ceil(t::TimeType, ::Type{Week}) = (s = floor(t, Week); s == t ? s : s + Week(1))
function Base.round(t::TimeType, p::Period, mode::RoundingMode=RoundNearestTiesUp)
    mode === RoundDown && return floor(t, p)
    mode === RoundUp && return ceil(t, p)
    below, above = floor(t, p), ceil(t, p)
    t - below < above - t ? below : above
end
Base.round(t::TimeType, ::Type{P}, mode::RoundingMode=RoundNearestTiesUp) where {P<:Period} = round(t, P(1), mode)
Base.typemax(::Type{Time}) = Time(Nanosecond(86399999999999), nothing)
Base.typemin(::Type{Time}) = Time(0)
end

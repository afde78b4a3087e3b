# Arithmetic and comparison with `missing` give `missing`.

const MissingOr = Union{Missing,Number}
+(::Missing, ::MissingOr) = missing
+(::Number, ::Missing) = missing
-(::Missing, ::MissingOr) = missing
-(::Number, ::Missing) = missing
*(::Missing, ::MissingOr) = missing
*(::Number, ::Missing) = missing
/(::Missing, ::MissingOr) = missing
/(::Number, ::Missing) = missing
-(::Missing) = missing
abs(::Missing) = missing
==(::Missing, ::Missing) = missing
==(::Missing, ::Number) = missing
==(::Number, ::Missing) = missing
<(::Missing, ::MissingOr) = missing
<(::Number, ::Missing) = missing
isequal(::Missing, ::Missing) = true
isless(::Missing, ::Any) = false
isless(::Any, ::Missing) = true
isless(::Missing, ::Missing) = false
"The elements that are not missing."
skipmissing(itr) = Iterators.Filter{typeof(!ismissing),typeof(itr)}(!ismissing, itr)
!(::Missing) = missing
(&)(::Missing, ::Missing) = missing
(&)(::Missing, x::Bool) = x ? missing : false
(&)(x::Bool, ::Missing) = x ? missing : false
|(::Missing, ::Missing) = missing
|(::Missing, x::Bool) = x ? true : missing
|(x::Bool, ::Missing) = x ? true : missing
<=(::Missing, ::MissingOr) = missing
<=(::Number, ::Missing) = missing
^(::Missing, ::MissingOr) = missing
^(::Number, ::Missing) = missing
isequal(::Missing, ::Any) = false
isequal(::Any, ::Missing) = false
"The type without `missing`."
nonmissingtype(T) = __typesubtract(T, Missing)
__nonnothing(T) = __typesubtract(T, Nothing)

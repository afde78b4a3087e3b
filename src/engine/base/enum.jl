# What `@enum` builds on: the macro defines a struct around an integer, its instances, and how they show.

"An enumeration; its instances are numbered by values of type T."
abstract type Enum{T<:Integer} end

"The instances of an enumeration, in the order of their definition."
function instances end

Int64(x::Enum) = Int64(x.value)
Int32(x::Enum) = Int32(x.value)
(::Type{T})(x::Enum) where {T<:__SmallInt} = T(x.value)
Integer(x::Enum) = x.value
"An enumeration with its instances."
function show(io::IO, ::MIME"text/plain", T::Type{<:Enum})
    print(io, "Enum ", T, ":")
    for x in instances(T)
        print(io, "\n", x, " = ", x.value)
    end
end
show(io::IO, ::MIME"text/plain", x::Enum) = print(io, x, "::", nameof(typeof(x)), " = ", x.value)
isless(x::T, y::T) where {T<:Enum} = isless(x.value, y.value)
typemin(::Type{T}) where {T<:Enum} = minimum(instances(T))
typemax(::Type{T}) where {T<:Enum} = maximum(instances(T))

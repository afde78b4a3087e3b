# Test's collections that know no more than their interface asks for.
module Test
export GenericArray, GenericDict, GenericOrder, GenericSet, GenericString

"A string, a set, a dictionary and an array behind which others stand."
struct GenericString <: AbstractString
    string::AbstractString
end
Base.ncodeunits(s::GenericString) = ncodeunits(s.string)
Base.codeunit(s::GenericString, i::Integer) = codeunit(s.string, i)
Base.isvalid(s::GenericString, i::Integer) = isvalid(s.string, i)
Base.length(s::GenericString) = length(s.string)
Base.iterate(s::GenericString, k...) = iterate(s.string, k...)
Base.string(s::GenericString) = string(s.string)
Base.String(s::GenericString) = string(s.string)
Base.print(io::IO, s::GenericString) = print(io, s.string)
Base.:(==)(s::GenericString, t::AbstractString) = s.string == t
Base.:(==)(s::AbstractString, t::GenericString) = s == t.string
Base.:(==)(s::GenericString, t::GenericString) = s.string == t.string
struct GenericSet{T} <: AbstractSet{T}
    s::AbstractSet{T}
end
Base.iterate(s::GenericSet, k...) = iterate(s.s, k...)
Base.length(s::GenericSet) = length(s.s)
Base.in(x, s::GenericSet) = x in s.s
struct GenericDict{K,V} <: AbstractDict{K,V}
    s::AbstractDict{K,V}
end
Base.iterate(d::GenericDict, k...) = iterate(d.s, k...)
Base.length(d::GenericDict) = length(d.s)
Base.getindex(d::GenericDict, key) = d.s[key]
Base.get(d::GenericDict, key, default) = get(d.s, key, default)
Base.haskey(d::GenericDict, key) = haskey(d.s, key)
struct GenericArray{T,N} <: AbstractArray{T,N}
    a::Array{T,N}
end
GenericArray{T}(init::UndefInitializer, dims::Integer...) where {T} = GenericArray(Array{T}(init, dims...))
Base.size(a::GenericArray) = size(a.a)
Base.getindex(a::GenericArray, i::Int64...) = a.a[i...]
Base.setindex!(a::GenericArray, x, i::Int64...) = (a.a[i...] = x; a)
Base.similar(a::GenericArray, ::Type{T}, dims::Tuple) where {T} = GenericArray(similar(a.a, T, dims))
"A value that is only known to be less than another."
struct GenericOrder{T}
    val::T
end
Base.isless(x::GenericOrder, y::GenericOrder) = isless(x.val, y.val)
end

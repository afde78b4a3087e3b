# ChainRulesCore: adjoints in the form of what they are of, and sums of adjoints.
module ChainRulesCore
using LinearAlgebra
import ..SparseArrays

"Brings a derivative back to the kind of the primal it is of."
struct ProjectTo{P,D}
    info::D
    ProjectTo{P}(info::D) where {P,D} = new{P,D}(info)
end
"What the library keeps of a primal: all of it."
struct Of{T}
    of::T
end
of(p::ProjectTo) = getfield(getfield(p, :info), :of)
"What a program keeps of one of its own types."
ProjectTo{P}(; parts...) where {P} = ProjectTo{P}(NamedTuple(parts))
backing(p::ProjectTo) = parts_in(getfield(p, :info))
parts_in(parts::NamedTuple) = parts
parts_in(o::Of) = own_parts(o.of)
own_parts(x) = (;)
own_parts(x::AbstractArray) = (elements = map(ProjectTo, x), axes = axes(x))
own_parts(x::AbstractArray{<:Number}) = (element = ProjectTo(zero(eltype(x))), axes = axes(x))
own_parts(x::Diagonal) = (diag = ProjectTo(x.diag),)
own_parts(x::Union{Symmetric{<:Number},Hermitian{<:Number}}) = (uplo = Symbol(x.uplo), parent = ProjectTo(parent(x)))
own_parts(x::Union{UpperTriangular{<:Number},LowerTriangular{<:Number},Adjoint{<:Number,<:AbstractVector},Transpose{<:Number,<:AbstractVector}}) = (parent = ProjectTo(parent(x)),)
own_parts(x::Tuple) = (elements = map(ProjectTo, x),)
own_parts(x::NamedTuple) = map(ProjectTo, x)
own_parts(x::Ref) = (type = typeof(x), x = ProjectTo(x[]))
Base.getproperty(p::ProjectTo, name::Symbol) = getproperty(backing(p), name)
Base.propertynames(p::ProjectTo) = keys(backing(p))
function Base.show(io::IO, p::ProjectTo{P}) where {P}
    print(io, "ProjectTo{", getfield(p, :info) isa Of ? kind(of(p)) : P, "}", isempty(backing(p)) ? "()" : backing(p))
end
kind(x) = typeof(x)
kind(x::Union{Real,Complex}) = typeof(float(x))
kind(x::AbstractArray) = hasproperty(own_parts(x), :axes) ? AbstractArray : Base.typename(typeof(x)).wrapper
kind(x::Ref) = Ref
kind(x::Tuple) = Tuple
ProjectTo(::Bool) = ProjectTo{NoTangent}()
ProjectTo(x::Union{Symbol,Char,AbstractString,Nothing,Type,Function,AbstractZero,RoundingMode}) = ProjectTo{NoTangent}()
ProjectTo(x) = ProjectTo{typeof(x)}(Of(x))
ProjectTo(x::Union{Tuple,NamedTuple}) = all(is_constant, values(x)) ? ProjectTo{NoTangent}() : ProjectTo{typeof(x)}(Of(x))
ProjectTo(x::UniformScaling{Bool}) = ProjectTo{NoTangent}()
ProjectTo(x::AbstractArray{Bool}) = ProjectTo{NoTangent}()
ProjectTo(x::AbstractArray{<:Number}) = ProjectTo{typeof(x)}(Of(x))
ProjectTo(x::AbstractArray) = all(is_constant, x) ? ProjectTo{NoTangent}() : ProjectTo{typeof(x)}(Of(x))
is_constant(x) = ProjectTo(x) isa ProjectTo{NoTangent}
(p::ProjectTo)(dx) = dx
(p::ProjectTo{NoTangent})(dx) = NoTangent()
(p::ProjectTo{NoTangent})(dx::AbstractZero) = NoTangent()
(p::ProjectTo)(dx::AbstractZero) = dx
(p::ProjectTo)(dx::Thunk) = Thunk(() -> p(unthunk(dx)))
(p::ProjectTo)(dx::InplaceableThunk) = Thunk(() -> p(unthunk(dx)))
(p::ProjectTo{<:Real})(dx::Number) = oftype(float(of(p)), real(dx))
(p::ProjectTo{<:Complex})(dx::Number) = oftype(float(of(p)), dx)
(p::ProjectTo{<:UniformScaling})(dx::UniformScaling) = scaling(ProjectTo(of(p).λ)(dx.λ))
(p::ProjectTo{<:UniformScaling})(dx::Tangent{<:UniformScaling}) = scaling(ProjectTo(of(p).λ)(dx.λ))
scaling(λ) = UniformScaling(λ)
scaling(λ::AbstractZero) = λ
(p::ProjectTo{<:AbstractArray{<:Number}})(dx::AbstractArray) = brought_to(of(p), float(eltype(of(p))), dx)
(p::ProjectTo{<:AbstractArray{<:Number,0}})(dx::Number) = fill(ProjectTo(of(p)[])(dx))
(p::ProjectTo{<:Union{Symmetric{<:Number},Hermitian{<:Number},UpperTriangular{<:Number},LowerTriangular{<:Number}}})(dx::Diagonal) =
    Diagonal(projected(float(eltype(of(p))), fitted(of(p), dx).diag))
(p::ProjectTo{<:AbstractArray})(dx::AbstractArray) = (fits(of(p), dx); map((x, d) -> ProjectTo(x)(d), of(p), reshape(dx, size(of(p)))))
(p::ProjectTo{T})(dx::Tuple) where {T<:Tuple} = Tangent{T}(map((x, d) -> ProjectTo(x)(d), of(p), dx)...)
(p::ProjectTo{T})(dx::NamedTuple{names}) where {T<:NamedTuple,names} = Tangent{T}(; NamedTuple{names}(map((x, d) -> ProjectTo(x)(d), Tuple(of(p)[names]), Tuple(dx)))...)
(p::ProjectTo{T})(dx::Tangent) where {T<:Union{Tuple,NamedTuple}} = p(backing(dx))
(p::ProjectTo{R})(dx::Ref) where {R<:Ref} = Tangent{R}(; x = ProjectTo(of(p)[])(dx[]))
(p::ProjectTo{R})(dx::Number) where {R<:Ref} = Tangent{R}(; x = ProjectTo(of(p)[])(dx))
(p::ProjectTo{R})(dx::Tangent) where {R<:Ref} = Tangent{R}(; x = ProjectTo(of(p)[])(dx.x))
"Fails unless an adjoint has the shape of its array; one of trailing size 1 more or less has."
fits(of, dx) = shape_of(size(of)) == shape_of(size(dx)) || mismatch(of, dx)
mismatch(of, dx) = throw(DimensionMismatch("variable with size(x) == $(size(of)) cannot have a gradient with size(dx) == $(size(dx))"))
shape_of(sizes) = (k = something(findlast(!=(1), collect(sizes)), 0); sizes[1:k])
"What an adjoint says of an array, in the form of that: structured matrices receive what their stored entries do."
brought_to(of::AbstractArray, ::Type{T}, dx) where {T<:Number} = projected(T, fitted(of, dx))
fitted(of, dx) = (fits(of, dx); reshape(dx, size(of)))
fitted(of::AbstractMatrix, dx::AbstractMatrix) = (fits(of, dx); dx)
brought_to(of::Diagonal, ::Type{T}, dx) where {T<:Number} = Diagonal(projected(T, diag(fitted(of, dx))))
brought_to(of::Symmetric, ::Type{T}, dx) where {T<:Number} = (d = fitted(of, dx); Symmetric(projected(T, (d + transpose(d)) / 2), Symbol(of.uplo)))
brought_to(of::Hermitian, ::Type{T}, dx) where {T<:Number} = (d = fitted(of, dx); Hermitian(projected(T, (d + adjoint(d)) / 2), Symbol(of.uplo)))
brought_to(of::UpperTriangular, ::Type{T}, dx) where {T<:Number} = UpperTriangular(projected(T, fitted(of, dx)))
brought_to(of::LowerTriangular, ::Type{T}, dx) where {T<:Number} = LowerTriangular(projected(T, fitted(of, dx)))
brought_to(of::UnitUpperTriangular, ::Type{T}, dx) where {T<:Number} = UpperTriangular(triu(projected(T, fitted(of, dx)), 1))
brought_to(of::UnitLowerTriangular, ::Type{T}, dx) where {T<:Number} = LowerTriangular(tril(projected(T, fitted(of, dx)), -1))
function brought_to(of::Bidiagonal, ::Type{T}, dx) where {T<:Number}
    d = fitted(of, dx)
    Bidiagonal(projected(T, diag(d)), projected(T, diag(d, of.uplo == 'U' ? 1 : -1)), Symbol(of.uplo))
end
function brought_to(of::Tridiagonal, ::Type{T}, dx) where {T<:Number}
    d = fitted(of, dx)
    Tridiagonal(projected(T, diag(d, -1)), projected(T, diag(d)), projected(T, diag(d, 1)))
end
function brought_to(of::SymTridiagonal, ::Type{T}, dx) where {T<:Number}
    d = fitted(of, dx)
    SymTridiagonal(projected(T, diag(d)), projected(T, (diag(d, -1) + diag(d, 1)) / 2))
end
brought_to(of::Adjoint{S,<:AbstractVector}, ::Type{T}, dx) where {S,T<:Number} = (same_row(of, dx); adjoint(vec(projected(T, adjoint(dx)))))
brought_to(of::Transpose{S,<:AbstractVector}, ::Type{T}, dx) where {S,T<:Number} = (same_row(of, dx); transpose(vec(projected(T, transpose(dx)))))
same_row(of, dx) = size(dx, 1) == 1 && size(dx, 2) == length(of) || mismatch(of, dx)
"Of a sparse array, what is at its stored places."
brought_to(of::SparseArrays.SparseVector, ::Type{T}, dx) where {T<:Number} = (d = fitted(of, dx); SparseArrays.SparseVector(length(of), copy(of.nzind), projected(T, d[of.nzind])))
function brought_to(of::SparseArrays.SparseMatrixCSC, ::Type{T}, dx) where {T<:Number}
    d = fitted(of, dx)
    kept = [d[of.rowval[k], j] for j in axes(of, 2) for k in SparseArrays.nzrange(of, j)]
    SparseArrays.SparseMatrixCSC(size(of, 1), size(of, 2), copy(of.colptr), copy(of.rowval), projected(T, kept))
end
projected(::Type{T}, dx) where {T<:Real} = map(x -> convert(T, real(x)), dx)
projected(::Type{T}, dx) where {T<:Complex} = map(x -> convert(T, x), dx)
"The sum, in the first if it has room."
add!!(a, b) = a + b
add!!(a::AbstractArray, b::AbstractArray) = is_inplaceable_destination(a) && eltype(a) == promote_type(eltype(a), eltype(b)) ? (a .+= b) : a .+ b
add!!(a, b::InplaceableThunk) = is_inplaceable_destination(a) ? b.add!(a) : a + unthunk(b)
add!!(a::AbstractArray, b::AbstractThunk) = add!!(a, unthunk(b))
add!!(a::AbstractArray, b::InplaceableThunk) = is_inplaceable_destination(a) ? b.add!(a) : a + unthunk(b)
"May what is added to this be written into it?"
is_inplaceable_destination(x) = false
is_inplaceable_destination(::Array{<:Number}) = true
is_inplaceable_destination(x::Union{SubArray,Base.ReshapedArray,Adjoint,Transpose,Diagonal}) = is_inplaceable_destination(parent(x))
end

# ForwardDiff: differentiation by dual numbers, for programs that name them.
module ForwardDiff

"Does the program name dual numbers? The session says so before it runs one that does."
names_duals() = false
"How many differentiations a type is inside of; what is inside of one needs no second kind of dual numbers."
depth(::Type{T}) where {T} = depth(T, Val(3))
depth(::Type{Dual{T,V,N}}, ::Val) where {T,V,N} = 1 + depth(V)
depth(::Type{<:AbstractArray{T}}, ::Val{k}) where {T,k} = depth(T, Val(k))
depth(::Type{T}, ::Val{k}) where {T,k} = k > 0 && isconcretetype(T) && isstructtype(T) ? deepest(Val(k - 1), fieldtypes(T)...) : 0
deepest(::Val) = 0
deepest(k::Val, T, rest...) = max(depth(T, k), deepest(k, rest...))

"A number or an array that moves in the direction `dx`."
dual(::Type{T}, x::Real, dx) where {T} = Dual{T}(x, dx)
function dual(::Type{T}, x::AbstractArray, dx) where {T}
    out = similar(x, Dual{T,eltype(x),1})
    for i in eachindex(x)
        out[i] = Dual{T}(x[i], dx[i])
    end
    out
end
"What moves in a result, and what stays."
moving(::Type{T}, y::Dual{T}) where {T} = y.partials[1]
moving(::Type{T}, y::Real) where {T} = zero(y)
moving(::Type{T}, y::Complex) where {T} = Complex(moving(T, real(y)), moving(T, imag(y)))
moving(::Type{T}, y::AbstractArray) where {T} = map(v -> moving(T, v), y)
moving(::Type{T}, y::Union{Tuple,NamedTuple}) where {T} = map(v -> moving(T, v), y)
moving(::Type{T}, y) where {T} = y

"What the derivatives are in results of dual numbers, as programs take them that call a function on these themselves."
extract_derivative(::Type{T}, y) where {T} = moving(T, y)
extract_derivative!(::Type{T}, out::AbstractArray, y) where {T} = copyto!(out, moving(T, y))
extract_gradient!(::Type{T}, out::AbstractArray, y::Dual{T}) where {T} = copyto!(out, y.partials.values)
extract_gradient!(::Type{T}, out::AbstractArray, y::Real) where {T} = fill!(out, zero(y))
extract_jacobian(::Type{T}, ys::AbstractArray, x::AbstractArray) where {T} =
    extract_jacobian!(T, similar(ys, typeof(partials(T, first(ys), 1)), length(ys), length(x)), ys, length(x))
function extract_jacobian!(::Type{T}, out::AbstractArray, ys::AbstractArray, n) where {T}
    J = reshape(out, length(ys), n)
    for j in 1:n, (i, y) in enumerate(ys)
        J[i, j] = partials(T, y, j)
    end
    out
end
extract_value!(::Type{T}, out::AbstractArray, ys) where {T} = map!(y -> value_at(T, y), out, ys)

"The numbers that a configuration is for."
Base.eltype(::Type{<:GradientConfig{T,V,N}}) where {T,V,N} = Dual{T,V,N}
Base.eltype(::Type{<:JacobianConfig{T,V,N}}) where {T,V,N} = Dual{T,V,N}
Base.eltype(::Type{<:HessianConfig{T,V,N}}) where {T,V,N} = Dual{T,Dual{T,V,N},N}
Base.eltype(::Type{<:DerivativeConfig{T,V}}) where {T,V} = Dual{T,V,1}

"The unit vectors, and dual numbers that move along them, or do not move."
construct_seeds(::Type{Partials{N,V}}) where {N,V} = Base.__ntuple(i -> Partials{N,V}(Base.__ntuple(k -> k == i ? one(V) : zero(V), Val(N))), Val(N))
function seed!(duals::AbstractArray{Dual{T,V,N}}, x, seed::Partials{N,V} = zero(Partials{N,V})) where {T,V,N}
    for i in eachindex(duals)
        duals[i] = Dual{T,V,N}(x[i], seed)
    end
    duals
end
function seed!(duals::AbstractArray{Dual{T,V,N}}, x, seeds::NTuple{N,Partials{N,V}}) where {T,V,N}
    for i in 1:N
        duals[i] = Dual{T,V,N}(x[i], seeds[i])
    end
    duals
end

"What is inside of another's differentiation is differentiated as it is. So is what assigns to captured variables: with dual numbers in them their type, and that of the function, would go round in circles with the tag."
takes_duals(f, x, dx) = !assigns(f) && depth(typeof(f)) == 0 && depth(typeof(x)) == 0 && returns_surely(f, x, dual(Tag{typeof(f),eltype(x)}, x, dx))
"Inside a derivative there is no second way once one has been taken."
returns_surely(f, x, moved) = Base.__within_autodiff() ? isconcretetype(Base.__return_type(f, typeof(moved))) : returns(f, x, moved)
assigns(f) = false
assigns(f::Function) = __holds_assigned(typeof(f))
"Does the function return for a dual number? One that only does for plain numbers fails, if that is the program's doing."
function returns(f, x, moved)
    Base.__return_type(f, typeof(moved)) === Union{} || return true
    Base.__return_type(f, typeof(x)) === Union{} || refuse(f, moved)
    false
end
"Fails as the function does with a dual number where only a float fits; what the library lacks for them is left to the other way."
function refuse(f, xs...)
    e = try
        f(xs...)
        nothing
    catch e
        e
    end
    e isa MethodError && !is_lack(e) && throw(e)
    nothing
end
"What is not done with dual numbers, as when another package would have to differentiate them."
struct NotOnDuals <: Exception end
"Is it the library that cannot do something with dual numbers, where the package can, or fails otherwise?"
is_lack(e) = false
is_lack(e::MethodError) = any(names_dual, e.args) && (e.f isa Type ? e.f <: EnzymeCore.Annotation : !is_of_program(parentmodule(e.f)))
is_lack(::NotOnDuals) = true
# Of the type there is the text alone, in which a program that has the name says no module. One that has its own `Dual` fails the other way too.
is_lack(e::EnzymeErrors.EnzymeNonScalarReturnException) = occursin("Dual{", string(e.type))
names_dual(x) = depth(typeof(x)) > 0
is_of_program(m) = m === Main || (m !== Base && m !== Core && is_of_program(parentmodule(m)))
EnzymeAutodiff.one_of(mode, ::Type{<:Dual}) = throw(NotOnDuals())
EnzymeSugar.forward_derivative(f, x::Dual{<:Tag}, flags) = throw(NotOnDuals())
const Shadowed{T} = Union{EnzymeCore.Active{T},EnzymeCore.Duplicated{T},EnzymeCore.BatchDuplicated{T},EnzymeCore.MixedDuplicated{T}}
EnzymeAutodiff.check_reversible(::Shadowed{T}) where {T} = names_duals() && is_tagged(T, Val(3)) ? throw(NotOnDuals()) : nothing
"Does a type hold the dual numbers of ForwardDiff's own functions?"
is_tagged(::Type{Dual{T,V,N}}, ::Val) where {T,V,N} = T <: Tag
is_tagged(::Type{<:AbstractArray{T}}, k::Val) where {T} = is_tagged(T, k)
is_tagged(::Type{T}, ::Val{k}) where {T,k} = k > 0 && isconcretetype(T) && isstructtype(T) && any_tagged(Val(k - 1), fieldtypes(T)...)
any_tagged(::Val) = false
any_tagged(k::Val, T, rest...) = is_tagged(T, k) || any_tagged(k, rest...)
"Does a function that fills its first argument fill it with dual numbers?"
function fills_duals(f!, y, x)
    !assigns(f!) && depth(typeof(f!)) == 0 && depth(typeof(x)) == 0 && depth(typeof(y)) == 0 || return false
    T = Tag{typeof(f!),eltype(x)}
    moved_y, moved_x = dual(T, y, zero(y)), dual(T, x, one_direction(x))
    Base.__return_type(f!, typeof(moved_y), typeof(moved_x)) === Union{} || return true
    Base.__return_type(f!, typeof(y), typeof(x)) === Union{} || refuse(f!, moved_y, moved_x)
    false
end
end

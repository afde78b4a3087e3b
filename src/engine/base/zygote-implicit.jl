# Zygote's implicit parameters: arrays that a function without arguments captures or reads.
module Zygote

"Arrays that functions without arguments are differentiated by, as in old versions of Zygote."
struct Params
    order::Vector{Any}
end
Params() = Params(Any[])
Params(xs) = foldl(push!, xs; init = Params(Any[]))
Params(ps::Params) = Params(copy(ps.order))
params(xs...) = Params(flat_params(xs))
flat_params(xs) = foldl(append!, map(x -> x isa Union{Tuple,Vector{<:AbstractArray},Params} ? flat_params(x) : Any[x], collect(Any, xs)); init = Any[])
Base.push!(ps::Params, x) = (x in ps || push!(ps.order, x); ps)
Base.push!(ps::Params, x, more...) = push!(push!(ps, x), more...)
Base.in(x, ps::Params) = any(p -> p === x, ps.order)
Base.delete!(ps::Params, x) = (filter!(p -> p !== x, ps.order); ps)
Base.empty!(ps::Params) = (empty!(ps.order); ps)
Base.isempty(ps::Params) = isempty(ps.order)
Base.copy(ps::Params) = Params(ps)
Base.union!(ps::Params, more...) = (foreach(xs -> foreach(x -> push!(ps, x), xs), more); ps)
Base.union(ps::Params, more...) = union!(copy(ps), more...)
Base.intersect!(ps::Params, others...) = (filter!(p -> all(xs -> any(x -> x === p, xs), others), ps.order); ps)
Base.intersect(ps::Params, others...) = intersect!(copy(ps), others...)
Base.setdiff!(ps::Params, others...) = (foreach(xs -> foreach(x -> delete!(ps, x), xs), others); ps)
Base.setdiff(ps::Params, others...) = setdiff!(copy(ps), others...)
Base.issetequal(a::Params, b::Params) = length(a) == length(b) && all(p -> p in b, a)
Base.:(==)(a::Params, b::Params) = issetequal(a, b)
Base.size(ps::Params) = size(ps.order)
Base.eltype(::Type{Params}) = Any
Base.map(f, ps::Params) = map(f, ps.order)
Base.broadcastable(ps::Params) = ps.order
"All numbers of arrays one after the other, and back."
function laid_out!(v, arrays)
    i = 0
    for a in arrays
        v[i+1:i+length(a)] = vec(a)
        i += length(a)
    end
    v
end
function put_back!(arrays, v)
    i = 0
    for a in arrays
        a .= reshape(v[i+1:i+length(a)], size(a))
        i += length(a)
    end
end
Base.copy!(v::AbstractVector, ps::Params) = laid_out!(v, ps)
Base.copy!(ps::Params, v::AbstractVector) = (put_back!(ps, v); ps)
Base.iterate(ps::Params, state...) = iterate(ps.order, state...)
Base.length(ps::Params) = length(ps.order)
Base.getindex(ps::Params, i::Integer) = ps.order[i]
Base.show(io::IO, ps::Params) = print(io, "Params([", join(map(repr, ps.order), ", "), "])")

"The gradient by implicit parameters: `grads[p]` is that of the array `p`."
struct Grads
    found::Vector{Any}
    params::Params
end
Base.getproperty(gs::Grads, name::Symbol) = name === :grads ? IdDict{Any,Any}(p => gs[p] for p in gs.params) : getfield(gs, name)
"Stands for a parameter that the function has no memory of."
struct NotCaptured end
function Base.getindex(gs::Grads, p)
    k = findfirst(q -> q === p, gs.params.order)
    k === nothing && throw(KeyError(p))
    gs.found[k] isa NotCaptured && error("the gradient by an implicit parameter that the function does not capture, nor reads from a global variable, is not known; pass it as an argument, `gradient(f, xs...)`")
    gs.found[k]
end
Base.setindex!(gs::Grads, value, p) = (k = findfirst(q -> q === p, gs.params.order); k === nothing ? (push!(gs.params, p); push!(gs.found, value)) : (gs.found[k] = value); gs)
Base.haskey(gs::Grads, p) = p in gs.params
Base.copy(gs::Grads) = Grads(copy(gs.found), copy(gs.params))
"By parameter, of gradients with the same parameters or of numbers for all."
function Base.map(f, gs::Grads, others...)
    all(other -> !(other isa Grads) || issetequal(other.params, gs.params), others) || throw(ArgumentError("map requires all arguments to be with respect to the same parameters"))
    Grads(Any[f(taken(gs, p), map(other -> taken(other, p), others)...) for p in gs.params], gs.params)
end
Base.map!(f, to::Grads, gs::Grads, others...) = (foreach(p -> to[p] = f(taken(gs, p), map(other -> taken(other, p), others)...), gs.params); to)
taken(other, p) = other
taken(other::Union{Grads,AbstractDict}, p) = (g = other[p]; g === nothing ? zero(p) : g)
merged(a::Grads, b) = (foreach(p -> a[p] = b[p], keys(b)); a)
Base.merge!(a::Grads, others::Grads...) = foldl(merged, others; init = a)
Base.copy!(v::AbstractVector, gs::Grads) = laid_out!(v, values(gs))
Base.copy!(gs::Grads, v::AbstractVector) = (put_back!(values(gs), v); gs)
Base.broadcasted(f, gs::Grads, others...) = map((xs...) -> Base.materialize(Base.broadcasted(f, xs...)), gs, others...)
Base.broadcasted(f, x::Number, gs::Grads) = map(g -> Base.materialize(Base.broadcasted(f, x, g)), gs)
Base.materialize!(to::Grads, gs::Grads) = (foreach(p -> to[p] .= gs[p], to.params); to)
Base.keys(gs::Grads) = gs.params.order
Base.values(gs::Grads) = map(p -> gs[p], gs.params.order)
Base.pairs(gs::Grads) = [p => gs[p] for p in gs.params]
Base.iterate(gs::Grads, state...) = iterate(pairs(gs), state...)
Base.length(gs::Grads) = length(gs.params)
Base.show(io::IO, gs::Grads) = print(io, "Grads(...)")

gradient(f, ps::Params) = implicit(f, ScalarOutput(f), ps)[2]
withgradient(f, ps::Params) = with_implicit_for(Base.__return_type(f), f, ps)
with_implicit_for(::Type, f, ps) = with_implicit(f(), f, ps)
function with_implicit_for(::Type{<:Union{Float64,Float32,Float16}}, f, ps)
    y, grads = implicit(f, ScalarOutput(f), ps)
    (val = y, grad = grads)
end
with_implicit(y, f, ps) = (val = y, grad = implicit(f, ScalarOutput(f), ps)[2])
with_implicit(y::Union{Tuple,NamedTuple}, f, ps) = (val = y, grad = implicit(f, ScalarOutput(first ∘ f), ps)[2])
pullback(f, ps::Params) = implicit_pullback(Base.__return_type(f), f, ps)
implicit_pullback(::Type, f, ps) = (f(), seed -> implicit_for(f, ps, seed))
"A number has most likely the seed one: that of which the function knows when it runs."
function implicit_pullback(::Type{<:Union{Float64,Float32,Float16}}, f, ps)
    y, grads = implicit(f, ScalarOutput(f), ps)
    (y, seed -> isone(seed) ? grads : implicit_for(f, ps, seed))
end
implicit_for(f, ps, seed) = implicit(f, DifferentiationInterface.Paired(f, seed), ps)[2]
"The value of `scalar()`, which calls `f()`, and the adjoints of the parameters that f has in what it captures, or in global variables."
function implicit(f, scalar, ps)
    owner = (scalar, f)
    shadow = EnzymeAutodiff.make_zero(owner)
    y, is_whole, globals = by_all_memory(scalar, shadow[1], Base.__return_type(scalar))
    (y, Grads(Any[or_nothing(sum_of_adjoints(f, shadow[2], globals, p), is_whole) for p in ps], ps))
end
by_all_memory(scalar, shadow, ::Type) = by_all_memory(EnzymeAutodiff.FloatResult(scalar), EnzymeAutodiff.FloatResult(shadow), Float64)
function by_all_memory(scalar, shadow, ::Type{T}) where {T<:AbstractFloat}
    found = Base.__gradient_of_globals((scalar,), (shadow,), one(T), FLAGS)
    (found[1], found[2], Base.tail(Base.tail(found)))
end
"What is found nowhere has no part, if the function can come to nothing else."
or_nothing(adjoint, is_whole) = adjoint
or_nothing(adjoint::NotCaptured, is_whole) = is_whole ? nothing : adjoint
function sum_of_adjoints(f, shadow, globals, p)
    parts = filter(d -> !(d isa NotCaptured), Any[adjoint_in(f, shadow, p), map(((x, dx),) -> adjoint_in(x, dx, p), globals)...])
    isempty(parts) ? NotCaptured() : reduce(+, parts)
end
adjoint_in(x, dx, p) = x === p ? of_floats(dx) : adjoint_inside(x, dx, p)
of_floats(dx) = dx
of_floats(dx::AbstractArray{<:Integer}) = error("an implicit parameter of integers is not differentiated; make it one of floats")
adjoint_inside(x, dx, p) = first_adjoint([adjoint_in(getfield(x, i), getfield(dx, i), p) for i in 1:fieldcount(typeof(x))])
adjoint_inside(x::Union{Number,AbstractString,Symbol,Char,Nothing,Type,Module,AbstractArray{<:Number}}, dx, p) = NotCaptured()
adjoint_inside(x::Union{Base.Adjoint,Base.Transpose,SubArray,Base.ReshapedArray}, dx, p) = adjoint_in(parent(x), parent(dx), p)
adjoint_inside(x::Array, dx, p) = first_adjoint([adjoint_in(x[i], dx[i], p) for i in eachindex(x)])
adjoint_inside(x::Array{<:Number}, dx, p) = NotCaptured()
adjoint_inside(x::AbstractDict, dx, p) = first_adjoint([adjoint_in(x[k], dx[k], p) for k in keys(x)])
adjoint_inside(x::Core.Box, dx, p) = isdefined(x, :contents) ? adjoint_in(x.contents, dx.contents, p) : NotCaptured()
# The same variables in what is an argument, in Zygote's form.
formed(x::Core.Box, dx, reach) = (contents = isdefined(x, :contents) ? shaped(x.contents, dx.contents) : nothing,)
function first_adjoint(found)
    k = findfirst(d -> !(d isa NotCaptured), found)
    k === nothing ? NotCaptured() : found[k]
end

end

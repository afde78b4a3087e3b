# ForwardDiff by chunks: a function is called with several directions at once, in programs that can tell.
module ForwardDiff

tag_of(::Nothing, f, x) = Tag{typeof(f),eltype(x)}
tag_of(::Union{GradientConfig{T},JacobianConfig{T},HessianConfig{T}}, f, x) where {T} = T
chunk_of(::Nothing, x) = Val(pickchunksize(structural_length(x)))
chunk_of(::AbstractConfig{N}, x) where {N} = Val(N)
"What `by(tag, chunk, f, …)` finds, a value and its derivatives; nothing where the function is not for dual numbers."
in_chunks(by, f, x, cfg) = names_duals() && chunks_fit(f, x) ? found_in_chunks(by, tag_of(cfg, f, x), chunk_of(cfg, x), f, x) : nothing
in_chunks(by, f!, y, x, cfg) = names_duals() && chunks_fit(f!, x) && depth(typeof(y)) <= 1 ? found_in_chunks(by, tag_of(cfg, f!, x), chunk_of(cfg, x), f!, y, x) : nothing
chunks_fit(f, x) = !Base.__within_autodiff() && !assigns(f) && depth(typeof(f)) == 0 && depth(typeof(x)) <= 1
found_in_chunks(by, ::Type{T}, chunk::Val, f, x) where {T} = returns(f, x, seeded(T, x, chunk, 1)) ? by(T, chunk, f, x) : nothing
function found_in_chunks(by, ::Type{T}, chunk::Val, f!, y, x) where {T}
    moved_y, moved_x = still(T, y, chunk), seeded(T, x, chunk, 1)
    Base.__return_type(f!, typeof(moved_y), typeof(moved_x)) === Union{} || return by(T, chunk, f!, y, x)
    Base.__return_type(f!, typeof(y), typeof(x)) === Union{} || refuse(f!, moved_y, moved_x)
    nothing
end
"An array of dual numbers that do not move."
function still(::Type{T}, x::AbstractArray{V}, ::Val{N}) where {T,V,N}
    duals = similar(x, Dual{T,V,N})
    for i in eachindex(x)
        duals[i] = Dual{T,V,N}(x[i], zero(Partials{N,V}))
    end
    duals
end
"The same where a chunk of them moves, from the given one of what can move."
function seeded(::Type{T}, x::AbstractArray{V}, chunk::Val{N}, from) where {T,V,N}
    duals, seeds, inputs = still(T, x, chunk), construct_seeds(Partials{N,V}), structural_eachindex(x)
    for k in 1:min(N, length(inputs) - from + 1)
        i = inputs[from + k - 1]
        duals[i] = Dual{T,V,N}(x[i], seeds[k])
    end
    duals
end
value_at(::Type{T}, y::Dual{T}) where {T} = y.value
value_at(::Type{T}, y) where {T} = y
function gradient_by_chunks(::Type{T}, chunk::Val{N}, f, x) where {T,N}
    y = called_on_duals(f, seeded(T, x, chunk, 1))
    y isa NotOnDuals && return nothing
    inputs = structural_eachindex(x)
    result = similar(x, promote_type(eltype(x), typeof(partials(T, scalar(y), 1))))
    from = 1
    while true
        for k in 1:min(N, length(inputs) - from + 1)
            result[inputs[from + k - 1]] = partials(T, y, k)
        end
        from += N
        from > length(inputs) && return (value_at(T, y), result)
        y = scalar(f(seeded(T, x, chunk, from)))
    end
end
function jacobian_by_chunks(::Type{T}, chunk::Val{N}, f, x) where {T,N}
    y = called_on_duals(f, seeded(T, x, chunk, 1))
    y isa NotOnDuals && return nothing
    J = Matrix{typeof(partials(T, zero(eltype(array(y))), 1))}(undef, length(y), structural_length(x))
    from = 1
    while true
        columns_of_chunk!(J, T, chunk, y, from)
        from += N
        from > size(J, 2) && return (map(v -> value_at(T, v), y), J)
        y = array(f(seeded(T, x, chunk, from)))
    end
end
function columns_of_chunk!(J, ::Type{T}, ::Val{N}, y, from) where {T,N}
    for k in 1:min(N, size(J, 2) - from + 1), (i, v) in enumerate(y)
        J[i, from + k - 1] = partials(T, v, k)
    end
end
function filled_by_chunks(::Type{T}, chunk::Val{N}, f!, y, x) where {T,N}
    moved = still(T, y, chunk)
    called_on_duals(f!, moved, seeded(T, x, chunk, 1)) isa NotOnDuals && return nothing
    J = Matrix{eltype(y)}(undef, length(y), structural_length(x))
    from = 1
    while true
        columns_of_chunk!(J, T, chunk, moved, from)
        from += N
        from > size(J, 2) && return (copyto!(y, map(value, moved)), J)
        moved = still(T, y, chunk)
        f!(moved, seeded(T, x, chunk, from))
    end
end

function on_duals(f, x, dx)
    T = Tag{typeof(f),eltype(x)}
    y = called_on_duals(f, dual(T, x, dx))
    y isa NotOnDuals ? plain_pushforward(f, x, dx) : moving(T, y)
end
"The value and the derivative of a function of a number."
function value_and_derivative(f, x)
    names_duals() && takes_duals(f, x, one(x)) || return (f(x), derivative(f, x))
    T = Tag{typeof(f),typeof(x)}
    y = called_on_duals(f, dual(T, x, one(x)))
    y isa NotOnDuals ? (f(x), plain_pushforward(f, x, one(x))) : (y isa AbstractArray ? map(v -> value_at(T, v), y) : value_at(T, y), moving(T, y))
end
function filled_on_duals(f!, y, x, dx)
    T = Tag{typeof(f!),eltype(x)}
    moved_y = dual(T, y, zero(y))
    called_on_duals(f!, moved_y, dual(T, x, dx)) isa NotOnDuals && return plainly_filled(f!, y, x, dx)
    copyto!(y, map(value, moved_y))
    moving(T, moved_y)
end
"What a function gives for dual numbers, or that the library lacks something for them."
function called_on_duals(f, xs...)
    Base.__within_autodiff() && return f(xs...)
    try
        f(xs...)
    catch e
        is_lack(e) || rethrow()
        NotOnDuals()
    end
end

end

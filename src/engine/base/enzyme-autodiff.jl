# Forward mode, over the builtin `__forward`, and the other ways to call `autodiff`. All of them are ordinary functions for the
# compiler, so a call of any can be differentiated again.

module EnzymeAutodiff

"What forward mode takes for the k-th tangent of an argument."
tangent(a::Annotation, k) = shadow(a, k)
tangent(a::Active, k) = error("Active arguments not allowed in forward mode")

"The primal value and the tangent in the k-th direction."
function pushforward(f, args, k, flags)
    __forward((primal(f), map(primal, args)...), (tangent(f, k), map(a -> tangent(a, k), args)...), flags)
end

"The primal value and all tangents."
pushforwards(f, args, ::Val{0}, flags) = pushforward(f, args, 1, flags)
pushforwards(f, args, ::Val{1}, flags) = pushforward(f, args, 1, flags)
function pushforwards(f, args, ::Val{N}, flags) where {N}
    f isa Batch && __met(:batched_function, primal(f))
    __has_own_rules() && return pushforwards_at_once(f, args, Val(N), flags)
    runs = map(lane -> pushforward(lane[1], Base.tail(lane), 1, flags), with_copies(lanes(f, args, Val(N))))
    (runs[1][1], __numbered(map(last, runs)))
end

"The same in one run, for a program with rules, which are called with all tangents."
function pushforwards_at_once(f, args, ::Val{N}, flags) where {N}
    tangents = map(lane -> map(a -> tangent(a, 1), lane), lanes(f, args, Val(N)))
    value, moved = __forward((primal(f), map(primal, args)...), tangents, flags, Val(N))
    (value, __numbered(moved))
end

"The value of `autodiff` in forward mode."
forward_value(::ForwardMode{false}, ::Type{<:Const}, value, tangents) = ()
forward_value(::ForwardMode{true}, ::Type{<:Const}, value, tangents) = (var"1" = value,)
forward_value(::ForwardMode{false}, ::Type{<:Annotation}, value, tangents) = (tangents,)
forward_value(::ForwardMode{true}, ::Type{<:Annotation}, value, tangents) = (tangents, value)

"Fails for the return activities that forward mode does not have, or that the result cannot have."
check_forward(::Type{<:Annotation}, ::Type{T}) where {T} = nothing
check_forward(::Type{<:Active}, ::Type{T}) where {T} = error("Active Returns not allowed in forward mode")
function check_forward(::Type{<:Union{DuplicatedNoNeed,BatchDuplicatedNoNeed}}, ::Type{T}) where {T}
    error("`DuplicatedNoNeed` return activity is no longer specified for forward mode; use Forward instead of ForwardWithPrimal")
end
check_forward(::Type{<:Union{Duplicated,BatchDuplicated}}, ::Type{T}) where {T} = check_differentiable(T, activity(T))
check_differentiable(::Type{T}, ::Val) where {T} = nothing
check_differentiable(::Type{T}, ::Val{0}) where {T} = error("Return type `", T, "` not marked Const, but type is guaranteed to be constant")

function autodiff(mode::ForwardMode, f::Annotation, ::Type{A}, args::Annotation...) where {A<:Annotation}
    T = result_type(primal(f), map(primal, args))
    check_forward(A, T)
    T === Union{} && return failing(f, args)
    foreach(check_ghost, args)
    value, tangents = pushforwards(f, args, widths((f, args...)), wanted(mode))
    forward_value(mode, A, value, tangents)
end

function autodiff(mode::Mode, f::Annotation, args::Annotation...)
    T = result_type(primal(f), map(primal, args))
    T === Union{} && return failing(f, args)
    autodiff(mode, f, guess_activity(T, mode), args...)
end
autodiff(mode::Mode, f, args...) = autodiff(set_err_if_func_written(mode), Const(f), args...)
autodiff(mode::Mode, f::Annotation, args...) = throw(MethodError(autodiff, (mode, f, args...)))
autodiff(f::Function, mode::Mode, args...) = autodiff(mode, f, args...)
autodiff(mode::ReverseModeSplit, f::Annotation, args...) = error("Split mode is for `autodiff_thunk`")

"As `autodiff`; there is no difference in this engine."
autodiff_deferred(mode::Mode, f, args...) = autodiff(mode, f, args...)

end

# Split mode: the two sweeps as two callables, over the builtins `__augmented` and `__reverse`.

module EnzymeAutodiff

"Runs the augmented primal of a function made for annotated arguments of the types in TT."
struct AugmentedForwardThunk{M,F,A,TT} end
"Runs the reverse sweep of the same."
struct AdjointThunk{M,F,A,TT} end
"Runs forward mode of the same."
struct ForwardModeThunk{M,F,A,TT} end

"Callables for `f(args...)` with annotated arguments of the given types: one in forward mode, two in split reverse mode."
function autodiff_thunk(mode::ReverseModeSplit, ::Type{F}, ::Type{A}, args::Type...) where {F<:Annotation,A<:Annotation}
    (AugmentedForwardThunk{typeof(mode),F,A,Tuple{args...}}(), AdjointThunk{typeof(mode),F,A,Tuple{args...}}())
end
function autodiff_thunk(mode::ForwardMode, ::Type{F}, ::Type{A}, args::Type...) where {F<:Annotation,A<:Annotation}
    check_forward(A, Any)
    ForwardModeThunk{typeof(mode),F,A,Tuple{args...}}()
end
autodiff_thunk(mode::ReverseMode, ::Type{F}, rest...) where {F<:Annotation} = throw(MethodError(autodiff_thunk, (mode, F, rest...)))

"What the augmented sweep keeps between the sweeps, for a given call. The compiler knows its layout; this is its name."
struct TapeOf{M,F,A,TT} end
tape_type(mode::Mode, ::Type{F}, ::Type{A}, args::Type...) where {F<:Annotation,A<:Annotation} = TapeOf{typeof(mode),F,A,Tuple{args...}}
"As `autodiff_thunk`, with the type of the tape given, or without it."
autodiff_deferred_thunk(mode::Mode, ::Type{<:TapeOf}, f::Type{<:Annotation}, rest...) = autodiff_thunk(mode, f, rest...)
autodiff_deferred_thunk(mode::Mode, f::Type{<:Annotation}, rest...) = autodiff_thunk(mode, f, rest...)

"Fails unless the arguments have the types the thunk was made for."
function check_call(::Type{F}, ::Type{TT}, f, args, extra) where {F,TT}
    f isa F && args isa TT && return nothing
    throw(ThunkCallError(string((typeof(f), map(typeof, args)...)), string((F, fieldtypes(TT)...), extra)))
end

(t::ForwardModeThunk{M,F,A,TT})(f::Annotation, args...) where {M,F,A,TT} = forward_thunk(M(), F, A, TT, f, args)
function forward_thunk(mode, ::Type{F}, ::Type{A}, ::Type{TT}, f, args) where {F,A,TT}
    check_call(F, TT, f, args, "")
    autodiff(mode, f, A, args...)
end

"The augmented sweep for the k-th shadows: its tape with the shadow of the result, the result, and that shadow."
function augment(f, args, k, flags)
    primals = (primal(f), map(primal, args)...)
    shadows = (shadow(f, k), map(a -> shadow(a, k), args)...)
    tape, value, value_shadow = __augmented(primals, shadows, flags)
    ((tape, kept_shadow(result_type(primal(f), map(primal, args)), value_shadow)), value, value_shadow)
end
kept_shadow(::Type{T}, value_shadow) where {T} = is_boxed(T) ? __new(OpenShadow{Any}, value_shadow) : value_shadow

(t::AugmentedForwardThunk{M,F,A,TT})(f::Annotation, args...) where {M,F,A,TT} = augmented_thunk(M(), F, A, TT, f, args)
function augmented_thunk(mode, ::Type{F}, ::Type{A}, ::Type{TT}, f, args) where {F,A,TT}
    check_call(F, TT, f, args, "")
    foreach(check_reversible, args)
    augmented_thunk(mode, A, returning(A, f, args), args, thunk_width(mode, widths((f, args...))))
end
function augmented_thunk(mode, ::Type{A}, f, args, ::Union{Val{0},Val{1}}) where {A}
    kept, value, value_shadow = augment(f, args, 1, wanted(mode))
    (kept, when(Val(needs_primal(mode)), value), shadow_of_result(A, value_shadow))
end
function augmented_thunk(mode, ::Type{A}, f, args, ::Val{N}) where {A,N}
    if __has_own_rules()
        tape, value, value_shadows = __augmented((primal(f), map(primal, args)...), batch_shadows(f, args, Val(N)), wanted(mode), Val(N))
        T = result_type(primal(f), map(primal, args))
        kept = (tape, __ntuple(k -> kept_shadow(T, value_shadows[k]), Val(N)))
        return (kept, when(Val(needs_primal(mode)), value), shadow_of_result(A, value_shadows))
    end
    runs = map(lane -> augment(lane[1], Base.tail(lane), 1, wanted(mode)), with_copies(lanes(f, args, Val(N))))
    (map(first, runs), when(Val(needs_primal(mode)), runs[1][2]), shadow_of_result(A, map(last, runs)))
end
"""
The function of which both sweeps are made, where there are some types that its result may have. The result is a float if one is asked for,
or in a box: between the sweeps a value has the type that it has then, and is no tuple of unions any more.
"""
returning(::Type{A}, f, args) where {A} = returning(A, result_type(primal(f), map(primal, args)), f)
returning(::Type{A}, ::Type{T}, f::Annotation) where {A<:Annotation,T} = isconcretetype(T) || is_boxed(T) || T === Union{} ? f : with_open_result(f)
returning(::Type{A}, ::Type{T}, f::Annotation) where {A<:Active,T} = T isa Union ? with_float_result(f) : returning(Annotation, T, f)
when(::Val{true}, x) = x
when(::Val{false}, x) = nothing
shadow_of_result(::Type{<:Annotation}, value_shadow) = value_shadow
shadow_of_result(::Type{<:Union{Const,Active}}, value_shadow) = nothing
# What is float in it is given as a seed; its memory takes what is added to the shadow's.
shadow_of_result(::Type{<:MixedDuplicated}, value_shadow) = Ref(value_shadow)
shadow_of_result(::Type{<:BatchMixedDuplicated}, value_shadows) = map(Ref, value_shadows)

"The width a split mode was told, or that of the arguments."
thunk_width(::ReverseModeSplit{P,S,0}, w) where {P,S} = w
thunk_width(::ReverseModeSplit{P,S,W}, w) where {P,S,W} = Val(W)

(t::AdjointThunk{M,F,A,TT})(f::Annotation, rest...) where {M,F,A,TT} = adjoint_thunk(M(), F, A, TT, f, rest, Val(fieldcount(TT)))
function adjoint_thunk(mode, ::Type{F}, ::Type{A}, ::Type{TT}, f, rest, ::Val{N}) where {F,A<:Union{Active,MixedDuplicated,BatchMixedDuplicated},TT,N}
    __tuple_length(rest) == N + 2 || wrong_adjoint_call(F, TT, f, rest, ", a seed for the result, and the tape", __tuple_length(rest) == N + 1 ? "misuse.thunk-seed" : "")
    adjoint_sweep(mode, F, A, TT, f, __ntuple(i -> rest[i], Val(N)), rest[N + 1], rest[N + 2])
end
function adjoint_thunk(mode, ::Type{F}, ::Type{A}, ::Type{TT}, f, rest, ::Val{N}) where {F,A<:Annotation,TT,N}
    __tuple_length(rest) == N + 1 || wrong_adjoint_call(F, TT, f, rest, ", and the tape", "")
    adjoint_sweep(mode, F, A, TT, f, __ntuple(i -> rest[i], Val(N)), nothing, rest[N + 1])
end
function wrong_adjoint_call(::Type{F}, ::Type{TT}, f, rest, extra, mistake) where {F,TT}
    e = ThunkCallError(string((typeof(f), map(typeof, rest)...)), string((F, fieldtypes(TT)...), extra))
    isempty(mistake) ? throw(e) : EnzymeCore.throw_hinted(mistake, e)
end
function adjoint_sweep(mode, ::Type{F}, ::Type{A}, ::Type{TT}, f, args, seed, kept) where {F,A,TT}
    check_call(F, TT, f, args, ", and the tape")
    adjoint_sweeps(returning(A, f, args), args, seed, kept, thunk_width(mode, widths((f, args...))), wanted(mode))
end
function adjoint_sweeps(f, args, seed, kept, ::Union{Val{0},Val{1}}, flags)
    # A tape serves several seeds.
    Intrinsics.tape_mark(kept[1])
    adjoints = adjoint_sweep_of(f, args, seed, kept, 1, flags)
    Intrinsics.tape_rewind(kept[1])
    (adjoints,)
end
function adjoint_sweeps(f, args, seed, kept, ::Val{N}, flags) where {N}
    if __has_own_rules()
        tape, value_shadows = kept
        is_open = value_shadows[1] isa OpenShadow
        is_open && __ntuple(k -> give_to_reader(value_shadows[k], seed === nothing ? nothing : seed[k]), Val(N))
        adjoints = __reverse(tape, (primal(f), map(primal, args)...), batch_shadows(f, args, Val(N)), map(opened, value_shadows), is_open ? nothing : seed, flags, Val(N))
        return (batch_slots(__ntuple(k -> slots(f, args, adjoints[k], k), Val(N))),)
    end
    (batch_slots(map((lane, d, k) -> adjoint_sweep_of(lane[1], Base.tail(lane), d, k, 1, flags), lanes(f, args, Val(N)), each_seed(seed, Val(N)), kept)),)
end
each_seed(::Nothing, ::Val{N}) where {N} = __ntuple(k -> nothing, Val(N))
each_seed(seed, ::Val{N}) where {N} = __ntuple(k -> seed[k], Val(N))
function adjoint_sweep_of(f, args, seed, kept, k, flags)
    tape, value_shadow = kept
    shadows = (shadow(f, k), map(a -> shadow(a, k), args)...)
    value_shadow isa OpenShadow && give_to_reader(value_shadow, seed)
    adjoints = __reverse(tape, (primal(f), map(primal, args)...), shadows, opened(value_shadow), value_shadow isa OpenShadow ? nothing : seed, flags)
    slots(f, args, adjoints, k)
end

end

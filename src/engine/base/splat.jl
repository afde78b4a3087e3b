# `f(xs...)` where the number of elements is only known at run time: for these functions it is a fold.

"Is `f(xs...)` the same as folding f over xs?"
__splat_reduces(f) = false
__splat_reduces(::typeof(+)) = true
__splat_reduces(::typeof(*)) = true
__splat_reduces(::typeof(max)) = true
__splat_reduces(::typeof(min)) = true
__splat_reduces(::typeof(vcat)) = true
__splat_reduces(::typeof(hcat)) = true
__splat_reduces(::typeof(string)) = true

"`f(before..., xs...)` by folding."
__splat_call(f, before::Tuple{}, xs) = reduce(f, xs)
__splat_call(f, before::Tuple, xs) = isempty(xs) ? f(before...) : f(before..., reduce(f, xs))

# Sorting: a stable merge sort of positions or elements.

"Orders as objects."
module Order
export Ordering, Forward, Reverse, By, Lt, Perm, ForwardOrdering, ReverseOrdering, lt, ord
abstract type Ordering end
struct ForwardOrdering <: Ordering end
struct ReverseOrdering{O<:Ordering} <: Ordering
    fwd::O
end
"By what a function gives for each element."
struct By{T,O<:Ordering} <: Ordering
    by::T
    order::O
end
By(by) = By(by, Forward)
"By a function that says whether one comes before the other."
struct Lt{T} <: Ordering
    lt::T
end
"Positions by the elements that stand there."
struct Perm{O<:Ordering,V<:AbstractVector} <: Ordering
    order::O
    data::V
end
const Forward = ForwardOrdering()
const Reverse = ReverseOrdering(Forward)
ReverseOrdering(o::ReverseOrdering) = o.fwd
lt(::ForwardOrdering, a, b) = isless(a, b)
lt(o::ReverseOrdering, a, b) = lt(o.fwd, b, a)
lt(o::By, a, b) = lt(o.order, o.by(a), o.by(b))
lt(o::Lt, a, b) = o.lt(a, b)
lt(o::Perm, a, b) = (x = o.data[a]; y = o.data[b]; lt(o.order, x, y) || (!lt(o.order, y, x) && a < b))
"The order that these keywords of `sort` stand for."
function ord(less, by, rev, order::Ordering=Forward)
    inner = less === isless || less === (<) ? order : Lt(less)
    keyed = by === identity ? inner : By(by, inner)
    rev === true ? ReverseOrdering(keyed) : keyed
end
end
const __ascending = Order.ForwardOrdering()

sort(a::AbstractVector; alg=nothing, lt=isless, by=identity, rev=false, order=__ascending) = __merge_sort!(collect(a), __order(lt, by, rev, order))
sort!(a::Vector; alg=nothing, lt=isless, by=identity, rev=false, order=__ascending) = __merge_sort!(a, __order(lt, by, rev, order))
sort!(a::AbstractVector; alg=nothing, lt=isless, by=identity, rev=false, order=__ascending) = copyto!(a, __merge_sort!(collect(a), __order(lt, by, rev, order)))
sort(t::Tuple; lt=isless, by=identity, rev=false, order=__ascending) = __ntuple(i -> __merge_sort!([t...], __order(lt, by, rev, order))[i], Val(__tuple_length(t)))
sort(itr; lt=isless, by=identity, rev=false, order=__ascending) = __merge_sort!(collect(itr), __order(lt, by, rev, order))
function sort(a::AbstractMatrix; dims, lt=isless, by=identity, rev=false, order=__ascending)
    out = collect(a)
    for k in 1:size(a, 3 - dims)
        v = view(out, dims == 1 ? (:) : k, dims == 1 ? k : (:))
        copyto!(v, __merge_sort!(collect(v), __order(lt, by, rev, order)))
    end
    out
end
function sort!(a::AbstractMatrix; dims, lt=isless, by=identity, rev=false, order=__ascending)
    for k in 1:size(a, 3 - dims)
        v = view(a, dims == 1 ? (:) : k, dims == 1 ? k : (:))
        copyto!(v, __merge_sort!(collect(v), __order(lt, by, rev, order)))
    end
    a
end
sort(a::AbstractArray; dims, kws...) = mapslices(v -> sort(v; kws...), a; dims=dims)
"An order as an object: `o(x, y)` says whether x comes before y."
struct __Order{L,B} <: Function
    lt::L
    by::B
    rev::Bool
end
__order(lt, by, rev) = __Order{typeof(lt),typeof(by)}(lt, by, rev)
__order(lt, by, rev, ::Order.ForwardOrdering) = __order(lt, by, rev)
__order(lt, by, rev, order::Order.Ordering) = __order((x, y) -> Order.lt(order, x, y), by, rev)
(o::__Order)(x, y) = o.rev ? o.lt(o.by(y), o.by(x)) : o.lt(o.by(x), o.by(y))

"Sorts a vector in place: runs of 1, 2, 4, … are merged through a second one."
function __merge_sort!(a::Vector, before)
    n = length(a)
    b = similar(a)
    w = 1
    while w < n
        i = 1
        while i <= n
            mid = min(i + w, n + 1)
            last = min(i + 2w, n + 1)
            __merge!(b, a, i, mid, last, before)
            i = last
        end
        for k in 1:n
            __array_set(a, __array_get(b, k), k)
        end
        w = 2w
    end
    a
end
"Merges a[i:mid-1] and a[mid:last-1] into b; of equal elements the left one comes first."
function __merge!(b, a, i, mid, last, before)
    p, q = i, mid
    for k in i:last-1
        from_right = p >= mid || (q < last && before(__array_get(a, q), __array_get(a, p)))
        if from_right
            __array_set(b, __array_get(a, q), k)
            q += 1
        else
            __array_set(b, __array_get(a, p), k)
            p += 1
        end
    end
end
"The linear indices of the elements, slice by slice in order."
function sortperm(a::AbstractArray; dims, lt=isless, by=identity, rev=false, order=__ascending)
    mapslices(k -> k[sortperm(a[k]; lt=lt, by=by, rev=rev, order=order)], reshape(collect(1:length(a)), size(a)); dims=dims)
end
"The positions of the elements in sorted order."
sortperm(a::AbstractVector; alg=nothing, lt=isless, by=identity, rev=false, order=__ascending) = __merge_sort!(collect(1:length(a)), __order(lt, i -> by(a[i]), rev, order))
sortperm!(p::Vector, a::AbstractVector; lt=isless, by=identity, rev=false, order=__ascending) = copyto!(p, sortperm(a; lt=lt, by=by, rev=rev, order=order))
invperm(p::Tuple) = (__check_permutation(p); __ntuple(k -> findfirst(==(k), p), Val(__tuple_length(p))))
invperm(p::AbstractVector) = (__check_permutation(p); q = similar(p); q[p] = 1:length(p); q)
__check_permutation(p) = isperm(p) || __argument_error("argument is not a permutation")
partialsort(a::AbstractVector, k::Integer; lt=isless, by=identity, rev=false, order=__ascending) = sort(a; lt=lt, by=by, rev=rev, order=order)[k]
partialsort(a::AbstractVector, k::AbstractRange; lt=isless, by=identity, rev=false, order=__ascending) = sort(a; lt=lt, by=by, rev=rev, order=order)[k]
partialsort!(a::AbstractVector, k; lt=isless, by=identity, rev=false, order=__ascending) = sort!(a; lt=lt, by=by, rev=rev, order=order)[k]
isperm(p) = sort(collect(p)) == 1:length(p)
function permute!(a::AbstractVector, p::AbstractVector)
    __check_permutation(p)
    copyto!(a, a[p])
end
invpermute!(a::AbstractVector, p::AbstractVector) = permute!(a, invperm(p))
partialsortperm(a::AbstractVector, k; lt=isless, by=identity, rev=false, order=__ascending) = sortperm(a; lt=lt, by=by, rev=rev, order=order)[k]
partialsortperm!(p::AbstractVector, a::AbstractVector, k; order...) = (copyto!(p, sortperm(a; order...)); p[k])
sortslices(a::AbstractMatrix; dims, lt=isless, by=identity, rev=false, order=__ascending) =
    dims == 1 ? a[sortperm(collect(eachrow(a)); lt=lt, by=by, rev=rev, order=order), :] : a[:, sortperm(collect(eachcol(a)); lt=lt, by=by, rev=rev, order=order)]
issorted(itr; options...) = issorted(collect(itr); options...)
function issorted(a::AbstractVector; lt=isless, by=identity, rev=false, order=__ascending)
    before = __order(lt, by, rev, order)
    for k in 2:length(a)
        before(a[k], a[k - 1]) && return false
    end
    true
end
"The range of positions of `x` in a sorted vector."
searchsorted(a::AbstractVector, x; by=identity, lt=isless, rev=false, order=__ascending) =
    searchsortedfirst(a, x; by=by, lt=lt, rev=rev, order=order):searchsortedlast(a, x; by=by, lt=lt, rev=rev, order=order)
searchsorted(a::AbstractVector, x, order::Order.Ordering) = searchsorted(a, x; order=order)
searchsortedfirst(a::AbstractVector, x, order::Order.Ordering) = searchsortedfirst(a, x; order=order)
searchsortedlast(a::AbstractVector, x, order::Order.Ordering) = searchsortedlast(a, x; order=order)
sort!(a::Vector, order::Order.Ordering) = sort!(a; order=order)
"The first position whose element is not before `x`."
function searchsortedfirst(a::AbstractVector, x; by=identity, lt=isless, rev=false, order=__ascending)
    before = __order(lt, by, rev, order)
    lo, hi = 1, length(a) + 1
    while lo < hi
        mid = div(lo + hi, 2)
        if before(a[mid], x)
            lo = mid + 1
        else
            hi = mid
        end
    end
    lo
end
"The last position whose element is not after `x`."
function searchsortedlast(a::AbstractVector, x; by=identity, lt=isless, rev=false, order=__ascending)
    before = __order(lt, by, rev, order)
    lo, hi = 0, length(a)
    while lo < hi
        mid = div(lo + hi + 1, 2)
        if before(x, a[mid])
            hi = mid - 1
        else
            lo = mid
        end
    end
    lo
end
insorted(x, a::AbstractVector; order...) = !isempty(searchsorted(a, x; order...))
"Has it no place in an order by `<`?"
isunordered(x) = false
isunordered(x::AbstractFloat) = isnan(x)
isunordered(x::Missing) = true

# Algorithms by name; a stable sort serves for all of them.
struct SortingAlgorithm{name} end
const QuickSort = SortingAlgorithm{:QuickSort}()
const MergeSort = SortingAlgorithm{:MergeSort}()
const InsertionSort = SortingAlgorithm{:InsertionSort}()
const PartialQuickSort = SortingAlgorithm{:PartialQuickSort}()

# Sorting: a stable merge sort of positions or elements.

sort(a::AbstractVector; alg=nothing, lt=isless, by=identity, rev=false) = __merge_sort!(collect(a), __order(lt, by, rev))
sort!(a::Vector; alg=nothing, lt=isless, by=identity, rev=false) = __merge_sort!(a, __order(lt, by, rev))
sort!(a::AbstractVector; alg=nothing, lt=isless, by=identity, rev=false) = copyto!(a, __merge_sort!(collect(a), __order(lt, by, rev)))
sort(t::Tuple; lt=isless, by=identity, rev=false) = __ntuple(i -> __merge_sort!([t...], __order(lt, by, rev))[i], Val(__tuple_length(t)))
sort(itr; lt=isless, by=identity, rev=false) = __merge_sort!(collect(itr), __order(lt, by, rev))
function sort(a::AbstractMatrix; dims, lt=isless, by=identity, rev=false)
    out = copy(a)
    for k in 1:size(a, 3 - dims)
        v = view(out, dims == 1 ? (:) : k, dims == 1 ? k : (:))
        copyto!(v, __merge_sort!(collect(v), __order(lt, by, rev)))
    end
    out
end
function sort!(a::AbstractMatrix; dims, lt=isless, by=identity, rev=false)
    for k in 1:size(a, 3 - dims)
        v = view(a, dims == 1 ? (:) : k, dims == 1 ? k : (:))
        copyto!(v, __merge_sort!(collect(v), __order(lt, by, rev)))
    end
    a
end
"An order as an object: `o(x, y)` says whether x comes before y."
struct __Order{L,B} <: Function
    lt::L
    by::B
    rev::Bool
end
__order(lt, by, rev) = __Order{typeof(lt),typeof(by)}(lt, by, rev)
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
"The positions of the elements in sorted order."
"The linear indices of the elements, slice by slice in order."
function sortperm(a::AbstractArray; dims, lt=isless, by=identity, rev=false)
    mapslices(k -> k[sortperm(a[k]; lt=lt, by=by, rev=rev)], reshape(collect(1:length(a)), size(a)); dims=dims)
end
sortperm(a::AbstractVector; alg=nothing, lt=isless, by=identity, rev=false) = __merge_sort!(collect(1:length(a)), __order(lt, i -> by(a[i]), rev))
sortperm!(p::Vector, a::AbstractVector; lt=isless, by=identity, rev=false) = copyto!(p, sortperm(a; lt=lt, by=by, rev=rev))
invperm(p::Tuple) = __ntuple(k -> findfirst(==(k), p), Val(__tuple_length(p)))
invperm(p::AbstractVector) = (q = similar(p); q[p] = 1:length(p); q)
partialsort(a::AbstractVector, k::Integer; lt=isless, by=identity, rev=false) = sort(a; lt=lt, by=by, rev=rev)[k]
partialsort(a::AbstractVector, k::AbstractRange; lt=isless, by=identity, rev=false) = sort(a; lt=lt, by=by, rev=rev)[k]
partialsort!(a::AbstractVector, k; lt=isless, by=identity, rev=false) = sort!(a; lt=lt, by=by, rev=rev)[k]
isperm(p) = sort(collect(p)) == 1:length(p)
function permute!(a::AbstractVector, p::AbstractVector)
    isperm(p) || __argument_error("argument is not a permutation")
    copyto!(a, a[p])
end
invpermute!(a::AbstractVector, p::AbstractVector) = permute!(a, invperm(p))
partialsortperm(a::AbstractVector, k; lt=isless, by=identity, rev=false) = sortperm(a; lt=lt, by=by, rev=rev)[k]
sortslices(a::AbstractMatrix; dims, by=identity, rev=false) =
    dims == 1 ? a[sortperm(collect(eachrow(a)); by=by, rev=rev), :] : a[:, sortperm(collect(eachcol(a)); by=by, rev=rev)]
function issorted(a::AbstractVector; lt=isless, by=identity, rev=false)
    before = __order(lt, by, rev)
    for k in 2:length(a)
        before(a[k], a[k - 1]) && return false
    end
    true
end
"The range of positions of `x` in a sorted vector."
searchsorted(a::AbstractVector, x; by=identity, lt=isless, rev=false) =
    searchsortedfirst(a, x; by=by, lt=lt, rev=rev):searchsortedlast(a, x; by=by, lt=lt, rev=rev)
"The first position whose element is not before `x`."
function searchsortedfirst(a::AbstractVector, x; by=identity, lt=isless, rev=false)
    before = __order(lt, by, rev)
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
function searchsortedlast(a::AbstractVector, x; by=identity, lt=isless, rev=false)
    before = __order(lt, by, rev)
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
insorted(x, a::AbstractVector) = (k = searchsortedfirst(a, x); k <= length(a) && isequal(a[k], x))

# Algorithms by name; a stable sort serves for all of them.
struct SortingAlgorithm{name} end
const QuickSort = SortingAlgorithm{:QuickSort}()
const MergeSort = SortingAlgorithm{:MergeSort}()
const InsertionSort = SortingAlgorithm{:InsertionSort}()
const PartialQuickSort = SortingAlgorithm{:PartialQuickSort}()

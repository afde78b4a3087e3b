# The names of Base.Iterators: its types, and its functions under the names by which programs call them.

module Iterators
export flatten, product, take, drop, takewhile, dropwhile, rest, countfrom, cycle, repeated, partition, peel, flatmap

"Those of `itr` for which `flt` holds."
struct Filter{F,I}
    flt::F
    itr::I
end
"The elements of the elements of `it`."
struct Flatten{I}
    it::I
end
"The elements backwards."
struct Reverse{I}
    itr::I
end
"The first `n`, or all but the first `n`."
struct Take{I,C}
    iter::I
    n::Int64
end
struct Drop{I,C}
    iter::I
    n::Int64
end
"The elements while `pred` holds, or from the first for which it does not."
struct TakeWhile{P,I}
    pred::P
    xs::I
end
struct DropWhile{P,I}
    pred::P
    xs::I
end
"What is left of `itr` after iteration has come to `state`."
struct Rest{I,S}
    itr::I
    st::S
end
"What `f` makes of more and more elements."
struct Accumulate{F,I,T}
    f::F
    itr::I
    init::T
end
"A sequence that remembers how far it has been read."
mutable struct Stateful{I}
    itr::I
    next::Any
    taken::Int64
end
"1, 2, … from `start` on without end."
struct Count{S,T}
    start::S
    step::T
end
"The elements over and over."
struct Cycle{I}
    xs::I
end
"One value over and over."
struct Repeated{T}
    x::T
end
"Runs of `n` neighbours."
struct Partition{C}
    c::C
    n::Int64
end
"Tuples of elements that stand at the same place, as many as the shortest has."
struct Zip{I<:Tuple,C}
    iters::I
end
"`(1, x1), (2, x2), …`"
struct Enumerate{I,C}
    iter::I
end
"All tuples of one element from each, the first fastest."
struct ProductIterator{I<:Tuple,C}
    iters::I
end

const filter = Base.__lazy_filter
const map = Base.__lazy_map
const reverse = Base.__lazy_reverse
const flatten = Base.__flatten
const flatmap = Base.__flatmap
const product = Base.__product_of
const take = Base.__take
const drop = Base.__drop
const takewhile = Base.__takewhile
const countfrom = Base.__countfrom
const cycle = Base.__cycle
const repeated = Base.__repeated
const partition = Base.__partition
const peel = Base.__peel
const dropwhile = Base.__dropwhile
const rest = Base.__rest
const accumulate = Base.__lazy_accumulate
const nth = Base.__nth_item
const zip = Base.__lazy_zip
const enumerate = Base.__lazy_enumerate
const only = Base.__only
end

# The names of Base.Iterators. The file comes early: these functions are no methods of Base's own `map`, `filter` and `reverse`.

module Iterators
"Those of `itr` for which `flt` holds."
struct Filter{F,I}
    flt::F
    itr::I
end
filter(f, itr) = Filter{typeof(f),typeof(itr)}(f, itr)
map(f, iter) = Base.Generator(f, iter)
map(f, iter, rest...) = Base.Generator(xs -> f(xs...), Base.zip(iter, rest...))
reverse(itr) = Base.Reverse{typeof(itr)}(itr)
flatten(it) = Base.Flatten{typeof(it)}(it)
flatmap(f, it) = flatten(Base.Generator(f, it))
product(iters...) = Base.__product_of(iters...)
zip(iters...) = Base.zip(iters...)
enumerate(iter) = Base.enumerate(iter)
pairs(x) = Base.pairs(x)
rest(itr, state...) = Base.rest(itr, state...)
peel(itr) = Base.peel(itr)
take(iter, n) = Base.Take{typeof(iter),Base.__counted(iter)}(iter, n)
drop(iter, n) = Base.Drop{typeof(iter),Base.__counted(iter)}(iter, n)
takewhile(pred, xs) = Base.TakeWhile{typeof(pred),typeof(xs)}(pred, xs)
countfrom(start=1, step=1) = Base.Count{typeof(start),typeof(step)}(start, step)
cycle(xs) = Base.Cycle{typeof(xs)}(xs)
repeated(x) = Base.Repeated{typeof(x)}(x)
repeated(x, n) = Base.Take{Base.Repeated{typeof(x)},false}(Base.Repeated{typeof(x)}(x), n)
partition(c, n) = Base.Partition{typeof(c)}(c, n)
accumulate(op, itr) = Base.accumulate(op, itr)
only(itr) = Base.only(itr)
export flatten, product, take, drop, takewhile, countfrom, cycle, repeated, partition, peel, flatmap
end

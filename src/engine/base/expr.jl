# Code as values.

"An expression: what kind it is, and its parts."
struct Expr
    head::Symbol
    args::Vector{Any}
end
Expr(head::Symbol, args...) = Expr(head, Any[args...])
Expr(head::Symbol, args::Vector{Any}, more...) = Expr(head, Any[args, more...])
==(a::Expr, b::Expr) = a.head === b.head && isequal(a.args, b.args)
copy(e::Expr) = Expr(e.head, copy(e.args))

"Code that stands for itself: `:a` inside of an expression."
struct QuoteNode
    value::Any
end
==(a::QuoteNode, b::QuoteNode) = a.value == b.value
"A place in the source; expressions hold none here."
struct LineNumberNode
    line::Int64
    file::Any
end
LineNumberNode(line) = LineNumberNode(line, nothing)

"Marks code of a macro that means what it means where the macro is called."
esc(x) = Expr(:escape, x)
const __generated_names = Ref(0)
"A symbol that nothing else has."
function gensym(name="")
    __generated_names[] += 1
    Symbol("##", name, "#", __generated_names[])
end
remove_linenums!(x) = x
__isexpr(x, head::Symbol) = x isa Expr && x.head === head
__isexpr(x, heads) = x isa Expr && x.head in heads

module Meta
export isexpr, quot, parse
"Is `x` an expression of this kind?"
isexpr(x, head) = Base.__isexpr(x, head)
isexpr(x, head, n::Int64) = Base.__isexpr(x, head) && length(x.args) == n
"Code that gives `x` itself."
quot(x) = Expr(:quote, x)
"The code that a text stands for."
parse(text::AbstractString; raise=true) = Intrinsics.expr_parse(text)
end

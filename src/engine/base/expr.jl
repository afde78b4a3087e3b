# Code as values.

"An expression: what kind it is, and its parts."
mutable struct Expr
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
hash(e::Expr, h::UInt64) = hash(e.args, hash(e.head, h))
==(a::QuoteNode, b::QuoteNode) = a.value == b.value
"A place in the source, before the statements of a block."
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
"Takes the lines out of an expression."
function remove_linenums!(e::Expr)
    e.head === :block && filter!(x -> !(x isa LineNumberNode), e.args)
    e.head === :macrocall && length(e.args) > 1 && e.args[2] isa LineNumberNode && (e.args[2] = nothing)
    foreach(remove_linenums!, e.args)
    e
end
show(io::IO, l::LineNumberNode) = print(io, ":(#= ", l.file === nothing ? "" : l.file, ":", l.line, " =#)")
__isexpr(x, head::Symbol) = x isa Expr && x.head === head
__isexpr(x, heads) = x isa Expr && x.head in heads

"The code with what its calls of macros stand for."
macroexpand(m, code; recursive=true) = Intrinsics.expr_expand(m, code, recursive)
"`eval` of a module, as a value."
struct __Evaluator{M} <: Function
    home::M
end
(e::__Evaluator)(code) = Intrinsics.expr_eval(e.home, code)
"Is `x` an expression of this kind?"
isexpr(x, head) = __isexpr(x, head)
isexpr(x, head, n::Int64) = __isexpr(x, head) && length(x.args) == n
"The global of a module whose name only the running program knows."
__global_named(m, name::Symbol) = Intrinsics.expr_eval(m, name)
function __set_global_named(m, name::Symbol, value)
    __is_defined_in(m, name) || throw(ErrorException("Global $m.$name does not exist and cannot be assigned."))
    Intrinsics.expr_eval(m, Expr(:(=), name, value isa Union{Symbol,Expr,QuoteNode} ? QuoteNode(value) : value))
end
"Runs the code of a text at the top level of a module."
include_string(m, text::AbstractString, filename="string") = __loaded(() -> Intrinsics.expr_eval(m, Meta.parseall(text)), filename)
"The same, of what `f` makes of each statement."
include_string(f::Function, m, text::AbstractString, filename="string") = __loaded(() -> Intrinsics.expr_eval(m, __each_statement(f, Meta.parseall(text))), filename)
"The code at top level with `f` of each of its statements."
__each_statement(f, code) = __isexpr(code, :toplevel) ? Expr(:toplevel, Any[s isa LineNumberNode ? s : f(s) for s in code.args]...) : f(code)
"An error while code of a file or a text was run."
struct LoadError <: Exception
    file::String
    line::Int64
    error::Any
end
function __loaded(code, file)
    try
        code()
    catch e
        throw(LoadError(string(file), 1, e))
    end
end
function showerror(io::IO, e::LoadError)
    print(io, "LoadError: ")
    showerror(io, e.error)
    print(io, "\nin expression starting at ", e.file, ":", e.line)
end
show(io::IO, q::QuoteNode) = q.value isa Symbol ? print(io, ":(", repr(q.value), ")") : print(io, ":(\$(QuoteNode(", repr(q.value), ")))")

module Meta
export isexpr, quot, parse, parseall, show_sexpr
"Code as nested lists: the kind, and the parts."
show_sexpr(ex) = show_sexpr(stdout, ex)
show_sexpr(io::IO, ex) = show(io, ex)
show_sexpr(io::IO, ex::QuoteNode) = (print(io, "(:quote, #QuoteNode\n  "); show_sexpr(io, ex.value); print(io, "\n)"))
function show_sexpr(io::IO, ex::Expr)
    print(io, "(")
    show(io, ex.head)
    for part in ex.args
        print(io, ", ")
        show_sexpr(io, part)
    end
    print(io, isempty(ex.args) ? ",)" : ")")
end
isidentifier(name) = Base.isidentifier(name)
"What is wrong with a text that is no code."
struct ParseError <: Exception
    msg::String
end
Base.showerror(io::IO, e::ParseError) = print(io, "ParseError:\n", e.msg)
"Code that gives `x` itself."
quot(x) = Expr(:quote, x)
"The code that a text stands for; with `raise=false`, what is no code gives an expression of the kind `:error`."
function parse(text::AbstractString; raise=true, filename="none")
    code = parseall(text; raise)
    !Base.__isexpr(code, :toplevel) || length(code.args) > 1 ? code : isempty(code.args) ? nothing : only(code.args)
end
"All statements of a text, in one expression of the kind `:toplevel`."
function parseall(text::AbstractString; raise=true, filename="none")
    code = Intrinsics.expr_parse(text)
    Base.__isexpr(code, :error) || return code
    e = ParseError(only(code.args))
    raise ? throw(e) : Expr(:error, e)
end
end

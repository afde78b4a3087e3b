# Lux: how layers are printed, a line for each with the number of its parameters.
module Lux

"The parts of a layer that are printed below it, with their names; none for one that stands on a line of its own."
parts_shown(l) = ()
parts_shown(l::AbstractLuxContainerLayer{names}) where {names} = map((name, part) -> string(name) => part, LuxCore.names_of(names), LuxCore.parts_of(l))
parts_shown(l::Union{Chain,BranchLayer,Maxout}) = named_parts(l.layers)
parts_shown(l::Parallel) = (connection_shown(l.connection)..., named_parts(l.layers)...)
parts_shown(l::PairwiseFusion) = (connection_shown(l.connection)..., named_parts(l.layers)...)
parts_shown(l::SkipConnection) = ("layers" => l.layers, connection_shown(l.connection)...)
parts_shown(l::AbstractLuxWrapperLayer{name}) where {name} = (string(name) => getfield(l, name),)
connection_shown(c) = ("connection" => c,)
connection_shown(::Nothing) = ()
named_parts(layers::NamedTuple) = Tuple(string(k) => l for (k, l) in pairs(layers))

separated(n::Integer) = replace(string(n), r"(?<=[0-9])(?=(?:[0-9]{3})+(?![0-9]))" => "_")
function show_tree(io, l, indent, name)
    before = name === nothing ? "" : "$name = "
    parts = parts_shown(l)
    if l isa CompactLuxLayer && l.name === nothing
        show_compact(io, l, indent, before)
    elseif isempty(parts)
        show_line(io, l, indent, before)
    else
        println(io, " "^indent, before, l isa AbstractLuxLayer ? display_name(l) : string(nameof(typeof(l))), "(")
        foreach(p -> show_tree(io, p.second, indent + 4, p.first), parts)
        if indent == 0
            print(io, ")")
            show_sums(io, l, 9)
        else
            println(io, " "^indent, "),")
        end
    end
end
function show_line(io, l, indent, before)
    text = before * string(l)
    print(io, " "^indent, text, indent == 0 ? "" : ",")
    n = l isa AbstractLuxLayer ? parameterlength(l) : 0
    states = l isa AbstractLuxLayer ? statelength(l) : 0
    if n > 0
        print(io, " "^max(2, (indent == 0 ? 30 : 49) - indent - length(text)), "# ", separated(n), " parameters")
        states > 0 && print(io, ", plus ", separated(states), indent == 0 ? " non-trainable" : "")
    elseif states > 0
        print(io, " "^max(2, (indent == 0 ? 30 : 49) - indent - length(text)), "# ", separated(states), " non-trainable")
    end
    indent == 0 || println(io)
    nothing
end
"After the end of a layer: how many numbers it has."
function show_sums(io, l, gap)
    println(io, " "^gap, "# Total: ", separated(parameterlength(l)), " parameters,")
    print(io, " "^10, "#        plus ", separated(statelength(l)), " states.")
end
Base.show(io::IO, ::MIME"text/plain", l::AbstractLuxLayer) = show_tree(io, l, 0, nothing)
end

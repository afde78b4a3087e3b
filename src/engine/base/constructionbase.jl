# ConstructionBase: values made again with other properties.
module ConstructionBase
export getproperties, setproperties, constructorof, getfields

"The function that makes a value of a type from its fields, in their order."
constructorof(::Type{T}) where {T} = Base.typename(T).wrapper
constructorof(::Type{<:Tuple}) = tuple
constructorof(::Type{<:NamedTuple{names}}) where {names} = NamedTupleMaker{names}()
constructorof(::Type{T}) where {T<:Function} = FunctionMaker{T}()
struct NamedTupleMaker{names} end
(::NamedTupleMaker{names})(args...) where {names} = NamedTuple{names}(args)
"A closure with other captured values, of the same types."
struct FunctionMaker{T} end
(::FunctionMaker{T})(args...) where {T} = Base.__new(T, args...)

"The fields, and the properties, as a named tuple; of a tuple it is itself."
getfields(x::T) where {T} = NamedTuple{fieldnames(T)}(Base.__ntuple(i -> getfield(x, i), Val(fieldcount(T))))
getfields(x::Union{Tuple,NamedTuple}) = x
getproperties(x) = properties(x, Val(propertynames(x)))
getproperties(x::Union{Tuple,NamedTuple}) = x
properties(x, ::Val{names}) where {names} = NamedTuple{names}(map(name -> getproperty(x, name), names))

"A value with other values for some of its properties."
setproperties(x; changes...) = setproperties(x, values(changes))
setproperties(x, ::NamedTuple{()}) = x
setproperties(x, ::Tuple{}) = x
setproperties(x::Tuple{}, ::Tuple{}) = x
setproperties(x::Tuple{}, ::NamedTuple{()}) = x
setproperties(x, patch::NamedTuple) = remade(x, known(patch, propertynames(x)))
setproperties(x::NamedTuple{names}, patch::NamedTuple) where {names} = merge(x, known(patch, names))
setproperties(x::Tuple, patch::NamedTuple) = throw(ArgumentError("setproperties(obj::Tuple, patch::NamedTuple) only allowed for empty NamedTuple. Got:\nobj = $x\npatch = $patch"))
setproperties(x::Tuple, patch::Tuple) = length(patch) <= length(x) ? (patch..., x[length(patch)+1:end]...) :
    throw(ArgumentError("Failed to assign fields $(1:length(patch)) to object with fields $(1:length(x))."))
known(patch::NamedTuple{given}, names) where {given} = all(name -> name in names, given) ? patch :
    throw(ArgumentError("Failed to assign properties $given to object with properties $names.\n"))
remade(x, patch) = constructorof(typeof(x))(values(merge(getfields(x), fit(x, patch)))...)
"Only properties that are fields say how to make the value again."
fit(x, patch) = propertynames(x) == fieldnames(typeof(x)) ? patch :
    error("The function `setproperties(obj::", typeof(x), ", patch)` must be overloaded, as its properties ", propertynames(x), " are not its fields ", fieldnames(typeof(x)), ".")
end

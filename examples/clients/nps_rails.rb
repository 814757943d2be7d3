# Rails: scores are integers, summaries arrays of their eleven counts, in models, migrations (t.nps_score :score) and in
# db/schema.rb. As config/initializers/nps.rb.
require "active_record"
require "active_record/connection_adapters/postgresql_adapter"

class NpsScore < ActiveRecord::Type::Integer
  def type
    :nps_score
  end
end

class NpsSummary < ActiveRecord::Type::Value
  def type
    :nps_summary
  end

  def deserialize(text)
    text && text[1..-2].split(",").map(&:to_i)
  end

  def serialize(counts)
    counts && "{#{counts.join(',')}}"
  end
end

module NpsTypes
  private

  def initialize_type_map(map = type_map)
    super
    map.register_type("nps_score", NpsScore.new)
    map.register_type("nps_summary", NpsSummary.new)
  end
end

module ActiveRecord::ConnectionAdapters
  PostgreSQLAdapter.prepend(NpsTypes)
  PostgreSQLAdapter::NATIVE_DATABASE_TYPES.merge!(nps_score: { name: "nps_score" }, nps_summary: { name: "nps_summary" })
  PostgreSQL::TableDefinition.send(:define_column_methods, :nps_score, :nps_summary)
end

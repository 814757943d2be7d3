# Active Record, before and after examples/clients/nps_rails.rb; programs.pl starts it and knows what to expect.
# Prints lines "program | when | question | answer", the answer as JSON, or "error" with its SQLSTATE, where it has one.
require "json"
require "logger"
require "stringio"
require "active_record"

SERVER = { adapter: "postgresql", host: ENV["PGHOST"], port: ENV["PGPORT"], username: ENV["PGUSER"], database: ENV["PGDATABASE"] }

def say(time, question)
  puts ["Rails", time, question, JSON.generate(yield)].join(" | ")
rescue StandardError => error
  state = error.cause.result.error_field(PG::Result::PG_DIAG_SQLSTATE) if error.cause.respond_to?(:result)
  puts ["Rails", time, question, ["error", state].compact.join(" ")].join(" | ")
end

# What the schema dump says of the column of the table of answers.
def dumped
  dump = StringIO.new
  ActiveRecord::SchemaDumper.dump(ActiveRecord::Base.connection, dump)
  dump.string[/# Could not dump table "answers".*|t\.\w+ "score"(?=.*\n  end\n\n  create_table "daily")/m]&.lines&.first&.strip
end

def tell(time)
  ActiveRecord::Base.establish_connection(SERVER)
  answers, written, daily = %w[answers written daily].map do |table|
    Class.new(ActiveRecord::Base) { self.table_name = table }
  end

  scores = answers.order(:id).pluck(:score)
  say(time, "scores") { scores }
  say(time, "mean") { scores.compact.sum.fdiv(scores.compact.size) }
  say(time, "largest") { scores.compact.max }
  [8, 11].each { |score| say(time, "write #{score}") { Integer(written.create!(score: score).reload.score) } }
  say(time, "summary") { daily.order(:id).first.summary }
  say(time, "write a summary") { daily.create!(summary: [1] * 11).reload.summary }
  say(time, "score >= 9") { answers.where("score >= ?", 9).count }
  say(time, "greatest") { answers.maximum(:score) }
  say(time, "schema tool") { dumped }
end

tell("before")
ActiveRecord::Base.remove_connection
require_relative "../../../examples/clients/nps_rails"
tell("after")

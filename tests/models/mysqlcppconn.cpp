// MySQL Connector/C++: what waits for the server.
// REQUIRES: common-tests, pack-mysqlcppconn
// RUN: %check %s async-blocking-call --only command --command-option=--uncertain -- -I%source_root/checker/include %headers
#include <async_tidy/annotations.h>
#include <cppconn/connection.h>
#include <cppconn/driver.h>
#include <cppconn/prepared_statement.h>
#include <cppconn/resultset.h>
#include <cppconn/statement.h>

ASYNC_TIDY_RUNS_ON_LOOP void query(sql::Driver &driver) {
  sql::Connection *connection = driver.connect("tcp://localhost", "", ""); // WARN: 'sql::Driver::connect' blocks the event loop in 'query' (database)
  connection->setSchema("a");                                              // WARN: 'sql::Connection::setSchema' blocks
  sql::Statement *statement = connection->createStatement();
  statement->execute("");                                                  // WARN: 'sql::Statement::execute' blocks
  sql::PreparedStatement *prepared = connection->prepareStatement("");     // WARN: 'sql::Connection::prepareStatement' blocks
  prepared->setInt(1, 2);
  sql::ResultSet *result = prepared->executeQuery();                       // WARN: 'sql::PreparedStatement::executeQuery' blocks
  result->next();                                                          // WARN: 'sql::ResultSet::next' may block
  result->getInt(1);
  connection->isClosed();
  connection->commit();                                                    // WARN: 'sql::Connection::commit' blocks
  connection->close();                                                     // WARN: 'sql::Connection::close' blocks
}
